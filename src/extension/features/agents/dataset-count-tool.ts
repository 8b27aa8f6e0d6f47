import * as vscode from 'vscode';
import {
  type FoundData,
  datasetOutput,
  noPathIssue,
  unreachableDataIssue,
} from '../../../agents/count-dataset-tool';
import { toolError } from '../../../agents/tool-input';
import type { DataPath } from '../../../data/paths/node-file-system';
import type { Dataset } from '../../../language/learning-problem';
import type { DatasetOutput } from '../../../protocol/datasets-output';
import { annotationAt } from '../../project/advice-placement';
import type { Project } from '../../project/project';
import { sizeToleranceOf } from '../../project/project-settings-store';
import type { SettingsReader } from '../../project/settings-reader';
import type { CountJob } from '../../../protocol/counting';
import { countJobOf } from '../counting/count-requests';
import type { Counter } from '../counting/counter';

/** Compares what an annotation says of a dataset with the data; rejects where `signal` is aborted. */
export type CountDataset = (scope: Project, dataset: Dataset, signal: AbortSignal) => Promise<DatasetOutput>;

/** Counts data in the counter's thread: on this machine, in a workspace that is trusted. */
export function countDatasetWith(counter: Counter, settings: SettingsReader): CountDataset {
  return async (scope, dataset, signal) => {
    // A comment decides which files are read.
    if (!vscode.workspace.isTrusted)
      throw toolError(vscode.l10n.t('Counting data requires a trusted workspace.'));
    const { resolution } = scope;
    const file = resolution().file(dataset.reference.file);
    const annotation = file && annotationAt(file, dataset.reference.range.start);
    const diagnostics = file ? resolution().diagnosticsIn(file) : [];
    const counting = countJobOf(scope, dataset);
    const { readablePath } = await import('../../project/readable-folders');
    const place =
      counting && (await readablePath(counting.written, counting.file, counting.workspaceFolders));
    return datasetOutput({
      dataset,
      annotation: annotation?.directive === 'dataset' ? annotation : undefined,
      diagnostics,
      tolerance: sizeToleranceOf(scope, file?.uri ?? scope.key, settings),
      path: place ? shown(place) : dataset.path,
      found: counting && place ? await countAt(place, counting, counter, signal) : uncounted(dataset),
    });
  };
}

async function countAt(
  place: DataPath,
  counting: CountJob,
  counter: Counter,
  signal: AbortSignal,
): Promise<FoundData> {
  const issue = unreachableDataIssue(place, shown(place));
  if (issue) return { issues: [issue] };
  const { counted, stated, issues } = await counter.count(counting, signal);
  return { ...(counted ? { counted } : {}), documented: stated, issues };
}

function uncounted({ path }: Dataset): FoundData {
  if (path === undefined) return { issues: [noPathIssue()] };
  const message = vscode.l10n.t('The annotated file is not on this machine, so its data cannot be counted.');
  return { issues: [{ code: 'path-remote', severity: 'information', message }] };
}

function shown(place: DataPath): string {
  if (place.kind === 'remote') return place.url;
  if (place.kind === 'outside') return vscode.workspace.asRelativePath(place.file, false);
  const file = vscode.workspace.asRelativePath(place.path, false);
  return place.fragment === undefined ? file : `${file}#${place.fragment}`;
}
