import path from 'node:path';
import {
  type FoundData,
  type InspectedDataset,
  datasetOutput,
  staleIssues,
  unreachableDataIssue,
} from '../agents/count-dataset-tool';
import type { TextRange } from '../common/text-ranges';
import { type DataPath, resolveDataPath } from '../data/paths/node-file-system';
import type { ReadableFolders } from '../data/paths/readable-folders';
import type { DatasetAnnotation } from '../language/annotation-model';
import type { Dataset } from '../language/learning-problem';
import { issueText } from '../messages/data-check-messages';
import { diagnosticAt } from '../protocol/advise-output';
import type { DiagnosticOutput } from '../protocol/advise-schema';
import type { CountResult } from '../protocol/counting';
import type { DatasetIssue, DatasetOutput } from '../protocol/datasets-output';
import { checkRequest, checkedColumns, countRequest } from '../workspace/count-request';
import type { LoadedProblem } from './load-problem';
import { readableFoldersOf } from './readable-folders';
import { type Io, displayPath, relativeTo } from './terminal';
import { workspaceFoldersOf } from './workspace-folders';

export interface CountContext extends Pick<Io, 'cwd'> {
  readonly signal?: AbortSignal | undefined;
}

/** Counts what lies at the path of a dataset; its path exists. Rejects where it is cancelled. */
export type CountData = (
  dataset: Dataset,
  place: Extract<DataPath, { kind: 'local' }>,
  context: CountContext,
) => Promise<FoundData>;

export interface InspectOptions extends CountContext {
  /** What `${workspaceFolder}` may stand for, best first. */
  readonly workspaceFolders: readonly string[];
  /** What may be read. */
  readonly readable: ReadableFolders;
  /** From the command line: it counts before the project file. */
  readonly tolerance?: number | undefined;
  readonly count?: CountData | undefined;
}

export interface DatasetInspection {
  readonly output: DatasetOutput;
  /** What is wrong with the data, at the `path=` that names it; what is wrong with the annotation is known already. */
  readonly diagnostics: readonly DiagnosticOutput[];
}

/** Each dataset of a problem, as {@link inspectDataset} gives it. */
export async function inspectDatasets(
  loaded: LoadedProblem,
  paths: readonly string[],
  io: Pick<Io, 'cwd'>,
  options: Pick<InspectOptions, 'tolerance' | 'count'>,
): Promise<readonly DatasetInspection[]> {
  const inspected: DatasetInspection[] = [];
  for (const dataset of loaded.problem.datasets) {
    const workspaceFolders = workspaceFoldersOf(dataset.reference.file, paths, io);
    const readable = readableFoldersOf(dataset.reference.file, paths, io);
    inspected.push(
      await inspectDataset(dataset, loaded, { cwd: io.cwd, workspaceFolders, readable, ...options }),
    );
  }
  return inspected;
}

/** A dataset as annotated, what lies at its path, and what is wrong with either. */
export async function inspectDataset(
  dataset: Dataset,
  loaded: LoadedProblem,
  options: InspectOptions,
): Promise<DatasetInspection> {
  const { reference } = dataset;
  const place =
    dataset.path === undefined
      ? undefined
      : await resolveDataPath(
          dataset.path,
          path.resolve(options.cwd, reference.file),
          options.workspaceFolders,
          options.readable,
        );
  const annotation = annotationOf(dataset, loaded, options);
  const facts: InspectedDataset = {
    dataset,
    annotation,
    tolerance: options.tolerance ?? loaded.settingsOf(reference.file)?.sizeTolerance,
    diagnostics: loaded.annotationDiagnostics.filter(({ file }) => file === reference.file),
    path: place && displayDataPath(place, options),
    found: place && (await inspectDataPath(dataset, place, options)),
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
  const { code, severity } = issue;
  // What is only to be known has its count in words.
  const message = severity === 'information' ? issue.message : issueText(issue);
  return diagnosticAt({ file, range }, { severity, code, message });
}

function annotationOf(
  { reference }: Dataset,
  { scan }: LoadedProblem,
  context: CountContext,
): DatasetAnnotation | undefined {
  const file = scan.files.find(each => displayPath(each.path, context) === reference.file);
  const annotation = file?.annotations.find(each => each.range === reference.range);
  return annotation?.directive === 'dataset' ? annotation : undefined;
}

async function inspectDataPath(
  dataset: Dataset,
  place: DataPath,
  { count, ...context }: InspectOptions,
): Promise<FoundData> {
  const issue = unreachableDataIssue(place, displayDataPath(place, context));
  if (issue || place.kind !== 'local') return { issues: issue ? [issue] : [] };
  return count ? count(dataset, place, context) : { issues: [] };
}

function displayDataPath(place: DataPath, context: CountContext): string {
  if (place.kind === 'remote') return place.url;
  if (place.kind === 'outside') return displayPath(place.file, context);
  const file = displayPath(place.path, context);
  return place.fragment === undefined ? file : `${file}#${place.fragment}`;
}

/** Counts what lies at a path. Reading data is loaded with the first one: advice starts without it. */
export const countData: CountData = async (dataset, place, { cwd, signal }) => {
  const { countDataset } = await import('../data');
  const { path: asked, ...options } = countRequest(dataset, place);
  return asFound(await countDataset(asked, { ...options, ...(signal ? { signal } : {}) }), cwd);
};

/** Counts what lies at a path, and checks it for what would waste a run. */
export const countAndCheckData: CountData = async (dataset, place, { cwd, signal }) => {
  const { countAndCheck } = await import('../data');
  const request = countRequest(dataset, place);
  const { path: asked, ...options } = request;
  const counting = { ...options, ...(signal ? { signal } : {}) };
  return asFound(await countAndCheck(asked, counting, checkRequest(checkedColumns(dataset), request)), cwd);
};

/** Messages name files as the user would. */
function asFound({ counted, stated, issues }: CountResult, cwd: string): FoundData {
  const relative = (text: string): string => relativeTo(text, cwd);
  return {
    ...(counted ? { counted } : {}),
    documented: stated.map(each => ({ ...each, from: relative(each.from) })),
    issues: issues.map(issue => ({
      ...issue,
      message: relative(issue.message),
      ...(issue.where ? { where: issue.where.map(relative) } : {}),
    })),
  };
}
