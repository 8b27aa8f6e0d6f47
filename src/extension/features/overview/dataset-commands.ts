import * as vscode from 'vscode';
import { isAddress } from '../../../common/path-syntax';
import type { DatasetAnnotation } from '../../../language/annotation-model';
import type { Dataset } from '../../../language/learning-problem';
import { staleSizes } from '../../../workspace/stale-sizes';
import { annotationAt } from '../../project/advice-placement';
import { isClosedNotebook, openNotebooks } from '../../project/closed-notebooks';
import { findData, lookForData, webAddress } from '../../project/find-data';
import { type Project, nameOfUri } from '../../project/project';
import { sizeToleranceOf } from '../../project/project-settings-store';
import type { Services } from '../../services';
import { toRange } from '../../vscode-conversions';
import { countJobOf } from '../counting/count-requests';
import { allowOutside } from '../permissions/outside-folders';
import type { OverviewNode } from './overview-tree';
import { showInformationMessage, showWarningMessage } from '../../user-interface';

interface Placed {
  readonly scope: Project;
  readonly dataset: Dataset;
  readonly uri: vscode.Uri;
  readonly annotation: DatasetAnnotation;
}

/** The dataset that a line of the overview is about, as it is annotated now. */
function datasetOf({ problems }: Services, given: unknown): Placed | undefined {
  const line = given as Partial<OverviewNode> | undefined;
  const scope = problems.withKey(line?.scope ?? '');
  const dataset = scope?.resolution().problem.datasets.find(({ name }) => name === line?.item?.dataset);
  const file = dataset && scope?.resolution().file(dataset.reference.file);
  const annotation = file && annotationAt(file, dataset.reference.range.start);
  if (!scope || !file || annotation?.directive !== 'dataset') return undefined;
  return { scope, dataset, uri: vscode.Uri.parse(file.uri), annotation };
}

/** Writes the counted sizes into the annotation: one edit, to be undone at once. */
export async function updateSize(services: Services, given: unknown): Promise<boolean> {
  const found = datasetOf(services, given);
  // What is edited is a cell, not the JSON that it is kept in.
  if (found) await openNotebooks([found.uri.toString()]);
  const placed = datasetOf(services, given);
  if (!placed) return false;
  if (isClosedNotebook(placed.uri)) {
    void showWarningMessage(
      vscode.l10n.t('Could not open {0}, so nothing in it was updated.', nameOfUri(placed.uri)),
    );
    return false;
  }
  const { scope, dataset, uri, annotation } = placed;
  const counting = countJobOf(scope, dataset);
  const result = counting && services.counts.resultOf(JSON.stringify(counting));
  const size = result?.counted ?? result?.stated[0];
  const stale = size
    ? staleSizes(annotation, size, sizeToleranceOf(scope, uri.toString(), services.settings))
    : [];
  const edit = new vscode.WorkspaceEdit();
  for (const { range, newText } of stale)
    if (newText !== undefined) edit.replace(uri, toRange(range), newText);
  await vscode.commands.executeCommand('vscode.open', uri, { selection: toRange(annotation.range) });
  if (edit.size > 0) return vscode.workspace.applyEdit(edit);
  void showInformationMessage(
    vscode.l10n.t('Several sizes of {0} differ from the data. Fix them in the Problems view.', dataset.name),
  );
  return false;
}

/** Shows the data of a dataset: a file in an editor, a folder among the files of the window. */
export async function openData(services: Services, given: unknown): Promise<void> {
  const placed = datasetOf(services, given);
  if (!placed) return;
  const { dataset, uri } = placed;
  if (dataset.path === undefined) {
    void showInformationMessage(vscode.l10n.t('{0} has no path. Add path= to its annotation.', dataset.name));
    return;
  }
  if (isAddress(dataset.path)) return openAddress(dataset.path, dataset.name);
  const { entry, outside } = await lookForData(dataset.path, uri, services);
  const found =
    outside === undefined || !(await allowOutside(services, outside))
      ? entry
      : await findData(dataset.path, uri, services);
  if (outside !== undefined && !found) return;
  if (!found)
    void showWarningMessage(
      vscode.l10n.t('No data found at {0}, the path of {1}.', dataset.path, dataset.name),
    );
  else await vscode.commands.executeCommand(found.isFolder ? 'revealInExplorer' : 'vscode.open', found.uri);
}

async function openAddress(address: string, dataset: string): Promise<void> {
  const target = webAddress(address);
  if (target) {
    await vscode.env.openExternal(target);
    return;
  }
  void showInformationMessage(
    vscode.l10n.t('The data of {0} is at {1}, which VS Code cannot open.', dataset, address),
  );
}
