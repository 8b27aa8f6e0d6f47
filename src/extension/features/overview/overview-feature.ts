import * as vscode from 'vscode';
import { OVERVIEW } from '../../contributions';
import { disposables } from '../../disposables';
import type { Feature } from '../../lifecycle';
import { onDemand } from '../../on-demand';
import type { OverviewNode } from './overview-tree';

/** The problem as a whole, in a view of its own. All but its frame is loaded when somebody looks at it. */
export const overview: Feature = {
  register(services) {
    const { log, counts } = services;
    const held = disposables();
    const changed = held.add(new vscode.EventEmitter<void>());
    const tree = held.add(
      onDemand(async () => {
        const { createTree } = await import('./overview-tree');
        const created = createTree(services);
        created.onDidChangeTreeData(() => {
          changed.fire();
        });
        return created;
      }),
    );
    const provider: vscode.TreeDataProvider<OverviewNode> = {
      onDidChangeTreeData: changed.event,
      getTreeItem: async line => (await tree.get()).getTreeItem(line),
      async getChildren(line) {
        try {
          return await (await tree.get()).getChildren(line);
        } catch (error) {
          log.fail(vscode.l10n.t('Could not draw the overview.'), error);
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
    return held;
  },
};
