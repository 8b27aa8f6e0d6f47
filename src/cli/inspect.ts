import path from 'node:path';
import type { DiagnosticOutput } from '../advisor/output';
import type { Dataset } from '../annotations/problem';
import type { DatasetAnnotation } from '../annotations/model';
import type { TextRange } from '../annotations/text';
import { datasetOutput, placeIssue, staleIssues, type DatasetFacts, type Found } from '../tools/count';
import type { DatasetIssue, DatasetOutput } from '../tools/datasets-output';
import { resolveDataPath, type DataPath } from '../workspace/data-path';
import { displayPath, type Io } from './io';
import type { Loaded } from './load';

export interface CountContext extends Pick<Io, 'cwd'> {
  readonly signal?: AbortSignal | undefined;
}

/** Counts what lies at the path of a dataset; its path exists. Rejects where it is cancelled. */
export type Count = (
  dataset: Dataset,
  place: Extract<DataPath, { kind: 'local' }>,
  context: CountContext,
) => Promise<Found>;

export interface InspectOptions extends CountContext {
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
  options: InspectOptions,
): Promise<Inspected> {
  const { reference } = dataset;
  const place =
    dataset.path === undefined
      ? undefined
      : resolveDataPath(dataset.path, path.resolve(options.cwd, reference.file), options.workspaceFolders);
  const annotation = annotationOf(dataset, loaded, options);
  const facts: DatasetFacts = {
    dataset,
    annotation,
    diagnostics: loaded.annotationDiagnostics.filter(({ file }) => file === reference.file),
    path: place && displayPlace(place, options),
    found: place && (await inspectPlace(dataset, place, options)),
  };
  const range = annotation?.fields.path?.range ?? reference.range;
  return {
    output: datasetOutput(facts),
    diagnostics: [
      ...(facts.found?.issues ?? []).map(issue => issueDiagnostic(issue, reference.file, range)),
      ...staleIssues(facts).map(each => issueDiagnostic(each.issue, reference.file, each.range)),
    ],
  };
}

function issueDiagnostic(issue: DatasetIssue, file: string, range: TextRange): DiagnosticOutput {
  const { code, severity, message } = issue;
  const column = range.start.column + 1;
  const endColumn = range.end.line === range.start.line ? range.end.column + 1 : column + 1;
  return { file, line: range.start.line + 1, column, endColumn, severity, code, message };
}

function annotationOf(
  { reference }: Dataset,
  { scan }: Loaded,
  context: CountContext,
): DatasetAnnotation | undefined {
  const file = scan.files.find(each => displayPath(each.path, context) === reference.file);
  const annotation = file?.annotations.find(each => each.range === reference.range);
  return annotation?.directive === 'dataset' ? annotation : undefined;
}

async function inspectPlace(
  dataset: Dataset,
  place: DataPath,
  { count, ...context }: InspectOptions,
): Promise<Found> {
  const issue = placeIssue(place, displayPlace(place, context));
  if (issue || place.kind === 'remote') return { issues: issue ? [issue] : [] };
  return count ? count(dataset, place, context) : { issues: [] };
}

function displayPlace(place: DataPath, context: CountContext): string {
  if (place.kind === 'remote') return place.url;
  const file = displayPath(place.path, context);
  return place.fragment === undefined ? file : `${file}#${place.fragment}`;
}
