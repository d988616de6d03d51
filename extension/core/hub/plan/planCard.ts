import { isExpected } from '../../errors';
import { mergeCard, type CardContent, type MergedCard } from '../card/mergeCard';
import { cardSections } from '../card/sections';
import { defaultEndpoint } from '../repository';
import type { Staged, StagedConfig } from '../staging/types';
import { loadDatasetCode } from './loadCode';
import { replacedCard } from './planWarnings';
import type { PushRequest, RemoteState } from './types';

/** The card of a person or of the folder if there is one, else that of the repository, else a new one; with our parts. */
export function planCard(request: PushRequest, staged: Staged, remote: RemoteState): MergedCard {
  const given = request.card ?? staged.card;
  const base = given ?? remote.card;
  const content = contentOf(request, staged, base === undefined);
  const merged = mergeCard(base, content);
  const replaces = given !== undefined && remote.card !== undefined && mergedText(remote.card, content) !== merged.text;
  return replaces ? { ...merged, warnings: [...merged.warnings, replacedCard] } : merged;
}

/** Undefined for a card that cannot be merged, since its front matter is broken. */
function mergedText(card: string, content: CardContent): string | undefined {
  try {
    return mergeCard(card, content).text;
  } catch (error) {
    if (isExpected(error)) return undefined;
    throw error;
  }
}

/** @param isNew a card that is new says more, which later pushes leave to its owner */
function contentOf({ repo, cardFields }: PushRequest, staged: Staged, isNew: boolean): CardContent {
  const { configs, corrections, rows } = staged;
  const chosen = Object.entries(cardFields).filter(([, text]) => text.trim() !== '');
  const code = loadDatasetCode({ repo, configs, endpoint: defaultEndpoint, branch: 'main', visibility: 'public' });
  return {
    title: cardFields.pretty_name ?? repo.slice(repo.indexOf('/') + 1),
    configs,
    fields: {
      ...(isNew ? { ...taskField(configs), ...sizeField(rows) } : {}),
      ...Object.fromEntries(chosen.map(([key, text]) => [key, fieldValue(key, text)])),
    },
    sections: cardSections(corrections, code),
  };
}

/** Fields that the Hub reads as lists, given as one text with commas. */
const lists = new Set(['language', 'size_categories', 'source_datasets', 'tags', 'task_categories', 'task_ids']);

function fieldValue(key: string, text: string): string | readonly string[] {
  if (!lists.has(key)) return text.trim();
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** One column of classes beside texts or images says what the dataset is for. */
function taskField(configs: readonly StagedConfig[]): { readonly task_categories?: readonly string[] } {
  const features = configs.flatMap((config) => config.features.map(([, feature]) => feature));
  if (!features.some(({ kind }) => kind === 'classLabel')) return {};
  if (features.some(({ kind }) => kind === 'image')) return { task_categories: ['image-classification'] };
  if (features.some(({ kind }) => kind === 'audio')) return { task_categories: ['audio-classification'] };
  const hasText = features.some((feature) => feature.kind === 'value' && feature.dtype === 'string');
  return hasText ? { task_categories: ['text-classification'] } : {};
}

/** Upper ends of the size categories of the Hub. */
const sizes = ['1K', '10K', '100K', '1M', '10M', '100M', '1B', '10B', '100B', '1T'];

function sizeField(rows: number): { readonly size_categories?: readonly string[] } {
  if (rows === 0) return {};
  const power = Math.max(0, Math.floor(Math.log10(rows)) - 2);
  const [from, to] = [sizes[power - 1], sizes[power]];
  if (to === undefined) return { size_categories: ['n>1T'] };
  return { size_categories: [from === undefined ? `n<${to}` : `${from}<n<${to}`] };
}
