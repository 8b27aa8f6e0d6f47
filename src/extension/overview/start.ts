import * as vscode from 'vscode';
import type { Reference } from '../../annotations/problem';
import { disposables, type Disposable } from '../disposables';
import type { Services } from '../services';
import type { OverviewCommand } from './commands';
import { openData, updateSize } from './dataset-commands';
import { createExample, insertAnnotations } from './start-commands';
import { showInNotebook } from './show-in-notebook';
import { createTree, SHOW_IN_NOTEBOOK, type MoreItems, type OverviewTree } from './tree';

const WALKTHROUGH = 'strategy-advisor.strategy-advisor#start';

/** What is loaded once somebody looks at the overview. */
export interface Overview extends Disposable {
  readonly tree: OverviewTree;
  readonly run: (command: OverviewCommand, given: unknown) => Promise<unknown>;
}

export function startOverview(services: Services, moreItems: MoreItems): Overview {
  const held = disposables();
  const tree = held.add(createTree(services, moreItems));
  held.add(
    vscode.commands.registerCommand(SHOW_IN_NOTEBOOK, (scope: string, reference: Reference) =>
      showInNotebook(services, scope, reference),
    ),
  );
  const commands: Readonly<Record<OverviewCommand, (given: unknown) => Promise<unknown>>> = {
    insertAnnotations: given => insertAnnotations(given),
    createExample: () => createExample(),
    openWalkthrough: () =>
      Promise.resolve(vscode.commands.executeCommand('workbench.action.openWalkthrough', WALKTHROUGH, false)),
    openData: given => openData(services, given),
    updateSize: given => updateSize(services, given),
  };
  return { tree, run: (command, given) => commands[command](given), dispose: held.dispose };
}
