import * as l10n from '@vscode/l10n';
import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { TrainingError } from '../errors';
import type { Apply } from './engineered';
import { classValue, listOf } from './values';

/**
 * A stage that looks its value up in a table: the last column for what stands in those before it, below a header.
 * A value that the table lacks is an error, since a wrong answer would hide in the results.
 *
 * @throws TrainingError `bad-pipeline` where the file is no such table
 */
export async function readLookup(path: string): Promise<Apply> {
  const rows = await readRows(path);
  const answers = new Map<string, string>();
  for (const cells of rows.slice(1)) answers.set(keyOf(cells.slice(0, -1)), cells.at(-1) ?? '');
  if (answers.size === 0 || (rows[0]?.length ?? 0) < 2)
    throw new TrainingError(
      'bad-pipeline',
      l10n.t('{0} should have a header and at least two columns: what comes in, and what comes out', path),
    );
  return value => {
    const answer = answers.get(keyOf(listOf(value).map(String)));
    if (answer === undefined) throw new Error(l10n.t('{0} has no row for it', path));
    return classValue(answer);
  };
}

async function readRows(path: string): Promise<string[][]> {
  try {
    const text = await readFile(path, 'utf8');
    return parse(text, { bom: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TrainingError('bad-pipeline', l10n.t('The table {0} cannot be read: {1}', path, reason), {
      cause: error,
    });
  }
}

function keyOf(cells: readonly string[]): string {
  return cells.join('\0');
}
