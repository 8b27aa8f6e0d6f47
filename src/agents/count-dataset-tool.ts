import { type TextRange, contains } from '../common/text-ranges';
import type { DataPath } from '../data/paths/node-file-system';
import type { Diagnostic } from '../language/annotation-diagnostics';
import type { DatasetAnnotation } from '../language/annotation-model';
import { type Dataset, type Problem, datasetSize } from '../language/learning-problem';
import { diagnosticMessage } from '../messages/diagnostic-messages';
import type { Counted, DatasetIssue, DatasetOutput, Documented } from '../protocol/datasets-output';
import { dataOutside } from '../messages/outside-messages';
import { annotationWithoutPath, missingData, remoteData, staleMessage } from '../messages/counting-messages';
import { staleSizes } from '../workspace/stale-sizes';
import type { CountInput } from '../protocol/agent-tools';
import { requestedDataset } from './tool-input';

/** The data at the path of a dataset. */
export interface FoundData {
  readonly counted?: Counted;
  readonly documented?: readonly Documented[];
  readonly issues: readonly DatasetIssue[];
}

/** A dataset and what is known about it. */
export interface InspectedDataset {
  readonly dataset: Dataset;
  readonly annotation?: DatasetAnnotation | undefined;
  /** What is wrong in the annotated file. */
  readonly diagnostics: readonly Diagnostic[];
  /** The place of the data as the reader would write it; absent where no path is stated. */
  readonly path?: string | undefined;
  readonly found?: FoundData | undefined;
  /** Part of the found size by which a stated one may be off. */
  readonly tolerance?: number | undefined;
}

/** A stated figure that differs from the data, at its location in the annotation. */
export interface StaleIssue {
  readonly issue: DatasetIssue;
  readonly range: TextRange;
}

/** The named dataset; all datasets without a name. */
export function requestedDatasets(problem: Problem, { dataset }: CountInput): readonly Dataset[] {
  return dataset === undefined ? problem.datasets : [requestedDataset(problem, dataset)];
}

/** A dataset as annotated, with what was found at its path. */
export function datasetOutput(facts: InspectedDataset): DatasetOutput {
  const { dataset, path, found } = facts;
  const { name, reference } = dataset;
  return {
    name,
    file: reference.file,
    line: reference.range.start.line + 1,
    ...(path === undefined ? {} : { path }),
    ...statedSizes(dataset),
    ...(found?.counted ? { counted: found.counted } : {}),
    ...(found?.documented && found.documented.length > 0 ? { documented: found.documented } : {}),
    issues: [
      ...annotationIssues(facts),
      ...(found?.issues ?? []),
      ...staleIssues(facts).map(({ issue }) => issue),
    ],
  };
}

/** Stated figures that differ from the counted ones, or, if nothing was counted, from those of a file next to the data. */
export function staleIssues({
  annotation,
  found,
  tolerance,
}: Pick<InspectedDataset, 'annotation' | 'found' | 'tolerance'>): StaleIssue[] {
  const size = found?.counted ?? found?.documented?.[0];
  return (size && annotation ? staleSizes(annotation, size, tolerance) : []).map(stale => ({
    issue: { code: 'stale-size', severity: 'warning', message: staleMessage(stale) },
    range: stale.range,
  }));
}

/** Why data is not counted: it is remote, missing, or outside of what may be read. `shown` is its path as the user would write it. */
export function unreachableDataIssue(place: DataPath, shown: string): DatasetIssue | undefined {
  if (place.kind === 'remote') {
    const message = remoteData(place.url);
    return { code: 'path-remote', severity: 'information', message };
  }
  if (place.kind === 'outside') {
    const message = dataOutside(place);
    return { code: 'outside-root', severity: 'error', message };
  }
  if (place.exists) return undefined;
  const message = missingData(shown);
  return { code: 'path-missing', severity: 'error', message };
}

/** Why data is not counted: the annotation has no path. */
export function noPathIssue(): DatasetIssue {
  const message = annotationWithoutPath();
  return { code: 'no-path', severity: 'information', message };
}

function statedSizes(dataset: Dataset): Pick<DatasetOutput, 'stated'> {
  const size = datasetSize(dataset);
  const { splits, labelsPresent } = dataset;
  const hasShares = Object.keys(labelsPresent).length > 0;
  return size
    ? { stated: { ...size, ...(splits ? { splits } : {}), ...(hasShares ? { labelsPresent } : {}) } }
    : {};
}

/** Diagnostics inside the annotation of the dataset. */
function annotationIssues({ dataset: { reference }, diagnostics }: InspectedDataset): DatasetIssue[] {
  return diagnostics
    .filter(({ range }) => contains(reference.range, range.start))
    .map(diagnostic => ({
      code: diagnostic.code,
      severity: diagnostic.severity,
      message: diagnosticMessage(diagnostic),
    }));
}
