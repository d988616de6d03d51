import * as vscode from 'vscode';
import type { Json } from '../../core/json';
import { proposalText, readProposal } from '../../core/review/tools/proposal';
import { readablePath } from '../paths';
import type { Services } from '../services';
import { reviewNamed } from './namedFiles';

/** Stores what a language model would have a person decide. @returns what the model is told */
export async function propose(services: Pick<Services, 'reviews'>, input: unknown): Promise<Json> {
  const review = await reviewNamed(services, input);
  const { row, decision, label, note } = readProposal(review, input);
  await review.propose(row, decision, label, note);
  return {
    proposed: { row, decision, ...(label ? { label } : {}) },
    next: 'A person sees it in the review, and decides.',
  };
}

/** What a person is asked before anything is written. */
export async function confirmProposal(
  services: Pick<Services, 'reviews'>,
  input: unknown,
): Promise<vscode.PreparedToolInvocation> {
  const review = await reviewNamed(services, input);
  const proposal = readProposal(review, input);
  const dataset = readablePath(review.dataset);
  const message = new vscode.MarkdownString();
  message.appendText(
    vscode.l10n.t(
      'A line is added to your ledger of {0}: a proposal for {1}, because “{2}”. It decides nothing and changes no data: it is shown to you in the review.',
      dataset,
      proposalText(proposal),
      proposal.note,
    ),
  );
  return {
    invocationMessage: vscode.l10n.t('Proposing for record {0} of {1}', proposal.row, dataset),
    confirmationMessages: { title: vscode.l10n.t('Write a proposal into the ledger?'), message },
  };
}
