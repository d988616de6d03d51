import { basename } from 'node:path';
import type { FileHandle } from 'node:fs/promises';
import { ExpectedError } from '../../errors';
import { openForReading } from '../../readAt';
import { decodeNpy, readHeader, readNpy, type NpyArray, type NpyHeader } from '../npy';
import type { TableOptions } from '../table';
import { readZipMembers, unpack, type ZipMember } from '../zip';
import type { NamedPredProbs } from './types';

/** Names of members that are taken when several could be meant. */
const usualNames = ['pred_probs', 'probs', 'arr_0'];

/** The matrix of an `.npy` file, which names no classes. */
export async function readNpyMatrix(path: string, options: TableOptions): Promise<NamedPredProbs> {
  return named(await readNpy(path, options), basename(path));
}

/**
 * The matrix of an `.npz` archive: its only two-dimensional array of numbers, else the one that is called `pred_probs`,
 * `probs` or `arr_0`.
 *
 * @throws ExpectedError listing the arrays when none or several could be meant
 */
export async function readNpzMatrix(path: string, options: TableOptions): Promise<NamedPredProbs> {
  const name = basename(path);
  const file = await openForReading(path);
  try {
    const members = (await readZipMembers(file, name)).filter((member) => member.name.endsWith('.npy'));
    const member = chosen(await withHeaders(file, members, name), name);
    const source = `${arrayName(member)} of ${name}`;
    const bytes = unpack(file, member, name);
    return named(await decodeNpy({ name: source, size: member.size, bytes }, options), source);
  } finally {
    await file.close();
  }
}

type Candidate = readonly [ZipMember, NpyHeader];

async function withHeaders(file: FileHandle, members: readonly ZipMember[], name: string): Promise<Candidate[]> {
  const found: Candidate[] = [];
  for (const member of members) {
    const bytes = unpack(file, member, name);
    const { header } = await readHeader(`${arrayName(member)} of ${name}`, bytes);
    await bytes.return();
    found.push([member, header]);
  }
  return found;
}

function chosen(arrays: readonly Candidate[], name: string): ZipMember {
  const isMatrix = ([, { type, shape }]: Candidate): boolean => shape.length === 2 && /^[<>|=]?[biuf]\d+$/.test(type);
  const matrices = arrays.filter(isMatrix);
  const usual = usualNames.flatMap((usualName) => matrices.filter(([member]) => arrayName(member) === usualName));
  const [member] = (matrices.length === 1 ? matrices[0] : usual[0]) ?? [];
  if (member) return member;
  const shapes = arrays.map(([one, { type, shape }]) => `${arrayName(one)} (${shape.join(' × ')}, ${type})`);
  const which = matrices.length === 0 ? 'none is a matrix of numbers' : 'several are matrices of numbers';
  throw new ExpectedError(
    `It is not clear which array of ${name} holds the probabilities: ${which}.`,
    `Save one alone, or call it pred_probs. The arrays are: ${shapes.join('; ') || 'none'}.`,
  );
}

function arrayName({ name }: ZipMember): string {
  return name.replace(/\.npy$/, '');
}

function named({ shape, data }: NpyArray, source: string): NamedPredProbs {
  const [rows = 0, columns = 0] = shape;
  if (shape.length !== 2) {
    throw new ExpectedError(
      `${source} has ${shape.length} dimensions (${shape.join(' × ')}), not 2.`,
      'Probabilities need one row per record and one column per class.',
    );
  }
  if (!(data instanceof Float64Array))
    throw new ExpectedError(`${source} holds texts, not numbers.`, 'Save it as numbers: array.astype(float).');
  return { predProbs: { data, rows, columns }, classes: null, warnings: [] };
}
