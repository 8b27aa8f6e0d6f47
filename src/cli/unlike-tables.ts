import path from 'node:path';
import type { Advice } from '../advisor/advice';
import { resolveDataPath } from '../data/paths/node-file-system';
import type { Dataset, Problem } from '../language/learning-problem';
import { tablesUnlike } from '../messages/data-check-messages';
import { diagnosticAt } from '../protocol/advise-output';
import type { DiagnosticOutput } from '../protocol/advise-schema';
import { checkRequest, checkedColumns, countRequest } from '../workspace/count-request';
import { readableFoldersOf } from './readable-folders';
import type { Io } from './terminal';
import { workspaceFoldersOf } from './workspace-folders';

/**
 * Where advice is to learn from another table: what the columns of the two have in common, if that is little. Only the
 * first rows of tables on this machine are looked at, and what reads data is loaded only where there are such tables.
 */
export async function unlikeTables(
  problem: Problem,
  advice: readonly Advice[],
  paths: readonly string[],
  io: Pick<Io, 'cwd'>,
): Promise<readonly DiagnosticOutput[]> {
  const found: DiagnosticOutput[] = [];
  const known = new Map<Dataset, Promise<readonly string[] | undefined>>();
  const columnsOf = (dataset: Dataset): Promise<readonly string[] | undefined> => {
    const reading = known.get(dataset) ?? readColumns(dataset, paths, io);
    known.set(dataset, reading);
    return reading;
  };
  const compared = new Set<string>();
  for (const { task, stage, from } of advice) {
    const target = tablesFor(problem, stage ?? task)[0];
    const sources = from.flatMap(source => tablesFor(problem, source));
    const ours = target && sources.length > 0 ? await columnsOf(target) : undefined;
    if (!target || !ours) continue;
    const { unlikeColumns } = await import('../data');
    for (const source of sources) {
      // Each may be advised to learn from the other.
      const pair = JSON.stringify([target.name, source.name].sort());
      if (compared.has(pair)) continue;
      compared.add(pair);
      const theirs = source === target ? undefined : await columnsOf(source);
      const unlike = theirs && unlikeColumns(ours, theirs);
      if (!unlike) continue;
      const message = tablesUnlike({ target: target.name, source: source.name, ...unlike });
      found.push(diagnosticAt(source.reference, { severity: 'warning', code: 'inputs-differ', message }));
    }
  }
  return found;
}

function tablesFor({ datasets }: Problem, task: string): readonly Dataset[] {
  return datasets.filter(
    ({ tasks, path: written, input }) =>
      tasks.includes(task) && written !== undefined && (input?.modality ?? 'tabular') === 'tabular',
  );
}

async function readColumns(
  dataset: Dataset,
  paths: readonly string[],
  io: Pick<Io, 'cwd'>,
): Promise<readonly string[] | undefined> {
  const { path: written, reference } = dataset;
  if (written === undefined) return undefined;
  const folders = workspaceFoldersOf(reference.file, paths, io);
  const readable = readableFoldersOf(reference.file, paths, io);
  const place = await resolveDataPath(written, path.resolve(io.cwd, reference.file), folders, readable);
  if (place.kind !== 'local' || !place.exists) return undefined;
  const { inputColumnNames } = await import('../data');
  const request = countRequest(dataset, place);
  return inputColumnNames(request.path, checkRequest(checkedColumns(dataset), request));
}
