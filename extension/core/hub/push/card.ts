import { ExpectedError } from '../../errors';
import type { HubClient } from '../client/types';
import { cardPath } from '../repository';
import type { PlannedFile, PushPlan } from '../plan/types';
import type { PushOptions } from './runPush';

/**
 * The plan with the card as a person edited it, here or when it was asked for.
 *
 * @throws ExpectedError saying what the Hub finds wrong in it
 */
export async function withCard(
  plan: PushPlan,
  client: HubClient,
  { card, signal }: Pick<PushOptions, 'card' | 'signal'>,
): Promise<PushPlan> {
  if (card === undefined && plan.request.card === undefined) return plan;
  const errors = await client.cardErrors(card ?? plan.card, signal && { signal });
  if (errors.length > 0)
    throw new ExpectedError('The Hub would refuse the card.', 'Mend its front matter.', errors.join('\n'));
  if (card === undefined || card === plan.card) return plan;
  const old = plan.files.find(({ path }) => path === cardPath);
  const size = Buffer.byteLength(card);
  const edited: PlannedFile = {
    path: cardPath,
    change: old?.change === 'add' ? 'add' : 'change',
    size,
    staged: undefined,
  };
  const others = plan.files.filter((file) => file !== old);
  const freed = old && old.change !== 'leave' ? old.size : 0;
  return { ...plan, card, files: [...others, edited], bytes: plan.bytes - freed + size };
}
