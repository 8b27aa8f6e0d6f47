import * as vscode from 'vscode';
import type { Advice } from '../../../advisor/advice';
import { strategyCodicon } from '../../../messages/advice-summary';
import { headline } from '../../../messages/advice-text';
import { strategyName } from '../../../messages/quantities';
import { COMMANDS } from '../../contributions';
import { disposables } from '../../disposables';
import type { Feature } from '../../lifecycle';
import { placeAdvice } from '../../project/advice-placement';
import type { Project } from '../../project/project';
import { adviceArgument } from '../advice/advice-argument';
import { createStatusItem } from '../../user-interface';

const PRIORITY = 50;

/** The advice on the targets of the active file, in the status bar; hidden where the file has no target. */
export const statusBar: Feature = {
  register({ problems, settings }) {
    const held = disposables();
    const item = held.add(createStatusItem('strategyAdvisor.advice', PRIORITY));
    const show = (): void => {
      const document = vscode.window.activeTextEditor?.document;
      const scope = document && problems.of(document);
      const isOn = scope !== undefined && settings.get('statusBar.enabled', scope.resource);
      const placed = isOn ? targetsIn(scope, document?.uri.toString() ?? '') : [];
      const [first] = placed;
      if (!scope || !first) {
        item.hide();
        return;
      }
      const lines = placed.flatMap(({ advice }) => advice.map(headline));
      item.show({
        ...(placed.length === 1
          ? textOf(first)
          : { icon: 'target', text: vscode.l10n.t('{0} targets', placed.length) }),
        lines,
        command: {
          command: COMMANDS.showAdvice,
          title: vscode.l10n.t('Show all advice'),
          ...(placed.length === 1 ? { arguments: [adviceArgument(scope, first.task)] } : {}),
        },
      });
    };
    held.add(problems.onDidSettle(show));
    held.add(problems.onDidEnd(show));
    held.add(settings.onDidChange(show));
    held.add(vscode.window.onDidChangeActiveTextEditor(show));
    return held;
  },
};

interface FileTarget {
  readonly task: string;
  readonly advice: readonly Advice[];
}

/** The targets with a lens in the file, so that the two say the same. */
function targetsIn(scope: Project, uri: string): readonly FileTarget[] {
  const byTask = new Map<string, Advice[]>();
  for (const { uri: file, task, advice } of placeAdvice(scope.resolution(), new Set([uri])))
    if (file === uri) byTask.set(task, [...(byTask.get(task) ?? []), ...advice]);
  return [...byTask].map(([task, advice]) => ({ task, advice }));
}

function textOf({ task, advice: [first] }: FileTarget): { readonly icon: string; readonly text: string } {
  return first
    ? {
        icon: strategyCodicon(first.recommendation),
        text: `${task}: ${strategyName(first.recommendation)}`,
      }
    : { icon: 'target', text: task };
}
