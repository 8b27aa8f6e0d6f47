import * as vscode from 'vscode';
import { OVERVIEW, OVERVIEW_COMMANDS, type OverviewCommand } from '../../contributions';
import { type Disposable, disposables } from '../../disposables';
import type { Feature } from '../../lifecycle';
import type { Services } from '../../services';
import type { Overview } from './overview';
import type { OverviewNode } from './overview-tree';

/** Registers the view and its commands; `load` is called once somebody looks at the one or runs one of the others. */
function registerOverview({ log, counts }: Services, load: () => Promise<Overview>): Disposable {
  const held = disposables();
  const changed = held.add(new vscode.EventEmitter<void>());
  let loading: Promise<Overview> | undefined;
  const start = async (): Promise<Overview> => {
    const overview = held.add(await load());
    held.add(
      overview.tree.onDidChangeTreeData(() => {
        changed.fire();
      }),
    );
    return overview;
  };
  const overview = (): Promise<Overview> => (loading ??= start());
  const provider: vscode.TreeDataProvider<OverviewNode> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: async line => (await overview()).tree.getTreeItem(line),
    async getChildren(line) {
      try {
        return await (await overview()).tree.getChildren(line);
      } catch (error) {
        log.fail(vscode.l10n.t('The overview could not be drawn.'), error);
        return [];
      }
    },
  };
  const view = held.add(
    vscode.window.createTreeView(OVERVIEW, { treeDataProvider: provider, showCollapseAll: true }),
  );
  counts.setWantsAll(view.visible);
  held.add(
    view.onDidChangeVisibility(({ visible }) => {
      counts.setWantsAll(visible);
    }),
  );
  for (const [name, command] of Object.entries(OVERVIEW_COMMANDS))
    held.add(
      vscode.commands.registerCommand(command, async (given: unknown) => {
        try {
          return await (await overview()).run(name as OverviewCommand, given);
        } catch (error) {
          log.fail(vscode.l10n.t('The command failed.'), error);
          return undefined;
        }
      }),
    );
  return held;
}

/** The problem as a whole, in a view of its own. All but its frame is in a bundle that is loaded when it is shown. */
export const overview: Feature = {
  register: services =>
    registerOverview(services, async () => (await services.load('overview')).start(services)),
};
