import * as vscode from 'vscode';
import type { Dataset, FileLocation } from '../../../language/learning-problem';
import { staleSizes } from '../../../workspace/stale-sizes';
import { COMMANDS } from '../../contributions';
import { type Disposable, disposables } from '../../disposables';
import { annotationAt } from '../../project/advice-placement';
import { annotationLocation, isClosedNotebook } from '../../project/closed-notebooks';
import { type Project, localFolderOf } from '../../project/project';
import type { ProjectRegistry } from '../../project/project-registry';
import { sizeToleranceOf } from '../../project/project-settings-store';
import type { Services } from '../../services';
import { toRange } from '../../vscode-conversions';
import { countJobOf } from '../counting/count-requests';
import { type CountedDatasetSize, type OverviewItem, problemItems, runItems } from './overview-items';
import { createTreeItem } from '../../user-interface';

interface NotebookArgument {
  /** The key of a scope. */
  readonly scope: string;
  readonly reference: FileLocation;
}

/** Only lines of the tree name the command; other extensions can call it all the same. */
function isNotebookArgument(value: unknown): value is NotebookArgument {
  return (
    typeof value === 'object' &&
    value !== null &&
    'scope' in value &&
    typeof value.scope === 'string' &&
    'reference' in value &&
    typeof value.reference === 'object' &&
    value.reference !== null
  );
}

/** Opens the notebook that a line of the tree is about at the cell that is annotated. */
export async function showInNotebook(problems: ProjectRegistry, given: unknown): Promise<void> {
  if (!isNotebookArgument(given)) return;
  const scope = problems.withKey(given.scope);
  const place = scope && (await annotationLocation(scope, given.reference));
  if (place)
    await vscode.commands.executeCommand('vscode.open', place.uri, { selection: toRange(place.range) });
}

/** A line of the tree, as commands are given it: those that take advice find `scope` and `task`. */
export interface OverviewNode {
  readonly item: OverviewItem;
  /** The key of a scope. */
  readonly scope: string;
  readonly task?: string;
  /** The folder of a run. */
  readonly run?: string;
}

interface OverviewTree extends vscode.TreeDataProvider<OverviewNode>, Disposable {
  readonly onDidChangeTreeData: vscode.Event<void>;
}

export function createTree(services: Services): OverviewTree {
  const { problems, counts } = services;
  const held = disposables();
  const changed = held.add(new vscode.EventEmitter<void>());
  const refresh = (): void => {
    changed.fire();
  };
  held.add(problems.onDidSettle(refresh));
  held.add(problems.onDidEnd(refresh));
  held.add(counts.onDidChange(refresh));
  if (services.localMachine) held.add(watchRuns(refresh));
  const itemsOf = async (scope: Project): Promise<readonly OverviewItem[]> => {
    await scope.whenReady();
    const own = problemItems(scope.key, scope.resolution(), dataset => foundCount(services, scope, dataset));
    return [...own, ...(await runsIn(services, scope))];
  };
  const roots = async (): Promise<OverviewNode[]> => {
    const scopes = await Promise.all(
      problems.all().map(async scope => ({ scope, items: await itemsOf(scope) })),
    );
    const filled = scopes.filter(({ items }) => items.length > 0);
    const [only] = filled;
    if (!only || filled.length === 1)
      return (only?.items ?? []).map(item => toLine(only?.scope.key ?? '', item));
    return filled.map(({ scope, items }) => ({ scope: scope.key, item: folderItem(scope, items) }));
  };
  return {
    onDidChangeTreeData: changed.event,
    getTreeItem: line => toTreeItem(services, line),
    getChildren: line =>
      line ? (line.item.children?.() ?? []).map(item => toLine(line.scope, item)) : roots(),
    dispose: held.dispose,
  };
}

/** The runs that a folder keeps; what reads them is loaded where there are any. */
async function runsIn({ localMachine }: Services, scope: Project): Promise<readonly OverviewItem[]> {
  const workspace = localFolderOf(scope);
  if (!localMachine || workspace === undefined) return [];
  const folder = vscode.Uri.joinPath(vscode.Uri.file(workspace), '.strategy-advisor', 'runs');
  const found = await Promise.resolve(vscode.workspace.fs.stat(folder)).catch(() => undefined);
  return found ? runItems(scope.key, await localMachine.listRuns(workspace)) : [];
}

function watchRuns(refresh: () => void): Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher('**/.strategy-advisor/runs/*/{state,report}.json');
  watcher.onDidCreate(refresh);
  watcher.onDidChange(refresh);
  watcher.onDidDelete(refresh);
  return watcher;
}

function toLine(scope: string, item: OverviewItem): OverviewNode {
  const { task, run } = item;
  return { item, scope, ...(task === undefined ? {} : { task }), ...(run === undefined ? {} : { run }) };
}

function folderItem(scope: Project, items: readonly OverviewItem[]): OverviewItem {
  return {
    id: scope.key,
    kind: 'folder',
    label: scope.name,
    icon: 'folder',
    children: () => items,
    isOpen: true,
  };
}

function toTreeItem({ problems }: Services, { item, scope }: OverviewNode): vscode.TreeItem {
  const { None, Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
  const tree = createTreeItem(item, item.children ? (item.isOpen === true ? Expanded : Collapsed) : None);
  tree.id = item.id;
  tree.contextValue = item.kind;
  if (item.icon !== undefined)
    tree.iconPath = new vscode.ThemeIcon(
      item.icon,
      item.color === undefined ? undefined : new vscode.ThemeColor(item.color),
    );
  const file = item.reference && problems.withKey(scope)?.resolution().file(item.reference.file);
  if (item.run !== undefined)
    tree.command = {
      command: COMMANDS.openRun,
      title: vscode.l10n.t('Open Run'),
      arguments: [item.run],
    };
  else if (item.reference && file) {
    const uri = vscode.Uri.parse(file.uri);
    tree.command = {
      title: vscode.l10n.t('Show Annotation'),
      ...(isClosedNotebook(uri)
        ? {
            command: COMMANDS.showInNotebook,
            arguments: [{ scope, reference: item.reference } satisfies NotebookArgument],
          }
        : { command: 'vscode.open', arguments: [uri, { selection: toRange(item.reference.range) }] }),
    };
  }
  return tree;
}

/** What was counted of a dataset, or a file beside it states. */
function foundCount(
  { counts, settings }: Services,
  scope: Project,
  dataset: Dataset,
): CountedDatasetSize | undefined {
  const counting = countJobOf(scope, dataset);
  const result = counting && counts.resultOf(JSON.stringify(counting));
  const size = result?.counted ?? result?.stated[0];
  if (!size) return undefined;
  const file = scope.resolution().file(dataset.reference.file);
  const annotation = file && annotationAt(file, dataset.reference.range.start);
  const tolerance = sizeToleranceOf(scope, file?.uri ?? scope.key, settings);
  const isStale = annotation?.directive === 'dataset' && staleSizes(annotation, size, tolerance).length > 0;
  return { value: size.value, unit: size.unit, from: size.from, isStale };
}
