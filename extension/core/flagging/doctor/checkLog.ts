import { basename } from 'node:path';
import { diagnose } from './diagnose';
import { gatherFacts } from './facts';
import { readRecords } from './records';
import type { Finding } from './types';

/**
 * Looks a log over.
 *
 * @param log absolute path; media are looked for from its folder
 * @param text what the log holds, saved or not
 * @param folders absolute; where media may lie besides the log's own folder
 */
export async function checkLog(log: string, text: string, folders: readonly string[]): Promise<Finding[]> {
  const read = readRecords(basename(log), text);
  return diagnose(text, read, await gatherFacts(log, read, folders));
}
