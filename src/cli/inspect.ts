import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { diagnosticOutput, type DiagnosticOutput } from '../advisor/output';
import { datasetSize, type Dataset } from '../annotations/problem';
import type { DatasetAnnotation } from '../annotations/model';
import { contains, type TextRange } from '../annotations/text';
import { resolveDataPath, type DataPath } from '../workspace/data-path';
import { staleMessage } from '../workspace/sizes/messages';
import { staleSizes } from '../workspace/sizes/stale';
import type { Counted, DatasetIssue, DatasetOutput, Documented } from './datasets-output';
import { displayPath, type Io } from './io';
import type { Loaded } from './load';

/** Counts what lies at the path of a dataset; its path exists. */
export type Count = (
  dataset: Dataset,
  place: Extract<DataPath, { kind: 'local' }>,
  io: Pick<Io, 'cwd'>,
) => Promise<Found>;

/** What there is at a path. */
export interface Found {
  readonly counted?: Counted;
  readonly documented?: readonly Documented[];
  readonly issues: readonly DatasetIssue[];
}

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
  const place =
    dataset.path === undefined
      ? undefined
      : resolveDataPath(dataset.path, path.resolve(io.cwd, reference.file), workspaceFolders);
  const found = place && (await inspectPlace(dataset, place, io, count));
  const issues = found?.issues ?? [];
  const annotation = annotationOf(dataset, loaded, io);
  const stale = annotation && found ? staleIssues(annotation, found) : [];
  const output: DatasetOutput = {
    name,
    file: reference.file,
    line: reference.range.start.line + 1,
    ...(place ? { path: displayPlace(place, io) } : {}),
    ...statedSizes(dataset),
    ...(found?.counted ? { counted: found.counted } : {}),
    ...(found?.documented && found.documented.length > 0 ? { documented: found.documented } : {}),
    issues: [...annotationIssues(dataset, loaded), ...issues, ...stale.map(({ issue }) => issue)],
  };
  const range = annotation?.fields.path?.range ?? reference.range;
  return {
    output,
    diagnostics: [
      ...issues.map(issue => issueDiagnostic(issue, reference.file, range)),
      ...stale.map(each => issueDiagnostic(each.issue, reference.file, each.range)),
    ],
  };
}

function statedSizes(dataset: Dataset): Pick<DatasetOutput, 'stated'> {
  const size = datasetSize(dataset);
  const { splits, labelsPresent } = dataset;
  const hasShares = Object.keys(labelsPresent).length > 0;
  return size
    ? { stated: { ...size, ...(splits ? { splits } : {}), ...(hasShares ? { labelsPresent } : {}) } }
    : {};
}

function issueDiagnostic(issue: DatasetIssue, file: string, range: TextRange): DiagnosticOutput {
  const { code, severity, message } = issue;
  const column = range.start.column + 1;
  const endColumn = range.end.line === range.start.line ? range.end.column + 1 : column + 1;
  return { file, line: range.start.line + 1, column, endColumn, severity, code, message };
}

function annotationOf({ reference }: Dataset, { scan }: Loaded, io: Io): DatasetAnnotation | undefined {
  const file = scan.files.find(each => displayPath(each.path, io) === reference.file);
  const annotation = file?.annotations.find(each => each.range === reference.range);
  return annotation?.directive === 'dataset' ? annotation : undefined;
}

/** Figures that are not what was counted, or else not what a file beside the data says. */
function staleIssues(
  annotation: DatasetAnnotation,
  { counted, documented }: Found,
): { readonly issue: DatasetIssue; readonly range: TextRange }[] {
  const size = counted ?? documented?.[0];
  return (size ? staleSizes(annotation, size) : []).map(stale => ({
    issue: { code: 'stale-size', severity: 'warning', message: staleMessage(stale) },
    range: stale.range,
  }));
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
): Promise<Found> {
  if (place.kind === 'remote') {
    const message = l10n.t('{0} is not on this machine and is not counted.', place.url);
    return { issues: [{ code: 'path-remote', severity: 'information', message }] };
  }
  if (!place.exists) {
    const message = l10n.t('There is nothing at {0}.', displayPath(place.path, io));
    return { issues: [{ code: 'path-missing', severity: 'error', message }] };
  }
  return count ? count(dataset, place, io) : { issues: [] };
}

function displayPlace(place: DataPath, io: Io): string {
  if (place.kind === 'remote') return place.url;
  const file = displayPath(place.path, io);
  return place.fragment === undefined ? file : `${file}#${place.fragment}`;
}
