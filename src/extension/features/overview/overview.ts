import * as vscode from 'vscode';
import type { FileLocation } from '../../../language/learning-problem';
import type { OverviewCommand } from '../../contributions';
import { type Disposable, disposables } from '../../disposables';
import type { Services } from '../../services';
import { createExample, insertAnnotations } from '../getting-started/getting-started-commands';
import { openData, updateSize } from './dataset-commands';
import {
  type MoreItems,
  type OverviewTree,
  SHOW_IN_NOTEBOOK,
  createTree,
  showInNotebook,
} from './overview-tree';

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
    vscode.commands.registerCommand(SHOW_IN_NOTEBOOK, (scope: string, reference: FileLocation) =>
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
