import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { diagnosticOutput, type DiagnosticOutput } from '../advisor/output';
import { datasetSize, type Dataset } from '../annotations/problem';
import { contains, type TextRange } from '../annotations/text';
import { resolveDataPath, type DataPath } from '../workspace/data-path';
import type { Counted, DatasetIssue, DatasetOutput } from './datasets-output';
import { displayPath, type Io } from './io';
import type { Loaded } from './load';

/** Counts what lies at the path of a dataset; its path exists. */
export type Count = (
  dataset: Dataset,
  place: Extract<DataPath, { kind: 'local' }>,
) => Promise<{ readonly counted?: Counted; readonly issues: readonly DatasetIssue[] }>;

export interface InspectOptions {
  readonly io: Io;
  /** What `${workspaceFolder}` may stand for, best first. */
  readonly workspaceFolders: readonly string[];
  readonly count?: Count | undefined;
}

export interface Inspected {
  readonly output: DatasetOutput;
  /** What is wrong with the data, at the `path=` that names it; what is wrong with the annotation is known already. */
  readonly diagnostics: readonly DiagnosticOutput[];
}

/** A dataset as annotated, what lies at its path, and what is wrong with either. */
export async function inspectDataset(
  dataset: Dataset,
  loaded: Loaded,
  { io, workspaceFolders, count }: InspectOptions,
): Promise<Inspected> {
  const { name, reference } = dataset;
  const stated = datasetSize(dataset);
  const place =
    dataset.path === undefined
      ? undefined
      : resolveDataPath(dataset.path, path.resolve(io.cwd, reference.file), workspaceFolders);
  const found = place && (await inspectPlace(dataset, place, io, count));
  const issues = found?.issues ?? [];
  const output: DatasetOutput = {
    name,
    file: reference.file,
    line: reference.range.start.line + 1,
    ...(place ? { path: displayPlace(place, io) } : {}),
    ...(stated ? { stated } : {}),
    ...(found?.counted ? { counted: found.counted } : {}),
    issues: [...annotationIssues(dataset, loaded), ...issues],
  };
  const range = rangeOfPath(dataset, loaded, io);
  return { output, diagnostics: issues.map(issue => issueDiagnostic(issue, reference.file, range)) };
}

function issueDiagnostic(issue: DatasetIssue, file: string, range: TextRange): DiagnosticOutput {
  const { code, severity, message } = issue;
  const column = range.start.column + 1;
  const endColumn = range.end.line === range.start.line ? range.end.column + 1 : column + 1;
  return { file, line: range.start.line + 1, column, endColumn, severity, code, message };
}

/** Where the value of `path=` stands, which may be lines below the beginning of its annotation. */
function rangeOfPath({ reference }: Dataset, { scan }: Loaded, io: Io): TextRange {
  const file = scan.files.find(each => displayPath(each.path, io) === reference.file);
  const annotation = file?.annotations.find(each => each.range === reference.range);
  const value = annotation?.directive === 'dataset' ? annotation.fields.path : undefined;
  return value?.range ?? reference.range;
}

/** Diagnostics that stand inside the annotation of the dataset. */
function annotationIssues({ reference }: Dataset, { annotationDiagnostics }: Loaded): DatasetIssue[] {
  return annotationDiagnostics
    .filter(({ file, range }) => file === reference.file && contains(reference.range, range.start))
    .map(diagnosticOutput)
    .map(({ code, severity, message }) => ({ code, severity, message }));
}

async function inspectPlace(
  dataset: Dataset,
  place: DataPath,
  io: Io,
  count: Count | undefined,
): ReturnType<Count> {
  if (place.kind === 'remote') {
    const message = l10n.t('{0} is not on this machine and is not counted.', place.url);
    return { issues: [{ code: 'path-remote', severity: 'information', message }] };
  }
  if (!place.exists) {
    const message = l10n.t('There is nothing at {0}.', displayPath(place.path, io));
    return { issues: [{ code: 'path-missing', severity: 'error', message }] };
  }
  return count ? count(dataset, place) : { issues: [] };
}

function displayPlace(place: DataPath, io: Io): string {
  if (place.kind === 'remote') return place.url;
  const file = displayPath(place.path, io);
  return place.fragment === undefined ? file : `${file}#${place.fragment}`;
}
