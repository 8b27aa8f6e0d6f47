import * as vscode from 'vscode';
import { lensTitle } from '../../../messages/advice-summary';
import { headline } from '../../../messages/advice-text';
import { inertText } from '../../../messages/inert-text';
import { COMMANDS } from '../../contributions';
import { disposables } from '../../disposables';
import type { Feature } from '../../lifecycle';
import { type PlacedAdvice, placeAdvice } from '../../project/advice-placement';
import { shiftedLine } from '../../project/document-edits';
import type { DocumentEdit } from '../../project/open-documents';
import type { Project } from '../../project/project';
import { adviceArgument } from '../advice/advice-argument';

/** A lens as it is shown, wherever edits have moved its line to. */
interface Lens {
  readonly line: number;
  readonly title: string;
  readonly tooltip: string;
  readonly task: string;
}

type Lenses = ReadonlyMap<string, readonly Lens[]>;

/**
 * The advice above each target. While an annotation is being typed its lenses stay as they are and move with
 * their lines, until the problem has come to rest.
 */
export const codeLenses: Feature = {
  register({ problems, settings }) {
    const held = disposables();
    const changed = held.add(new vscode.EventEmitter<void>());
    const shown = new Map<string, Lenses>();
    const renew = (scope: Project): void => {
      const before = shown.get(scope.key);
      const after = lensesOf(scope);
      shown.set(scope.key, after);
      if (!isEqual(before, after)) changed.fire();
    };
    held.add(problems.onDidSettle(renew));
    held.add(
      problems.onDidEdit(({ scope, edit }) => {
        const lenses = shown.get(scope.key);
        if (lenses) shown.set(scope.key, moved(lenses, edit));
      }),
    );
    held.add(
      problems.onDidEnd(({ key }) => {
        shown.delete(key);
        changed.fire();
      }),
    );
    held.add(
      settings.onDidChange(() => {
        changed.fire();
      }),
    );
    const provider: vscode.CodeLensProvider = {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses(document) {
        const scope = problems.of(document);
        if (!scope || !settings.get('codeLens.enabled', scope.resource)) return [];
        const lenses = shown.get(scope.key)?.get(document.uri.toString()) ?? [];
        return lenses.map(lens => toCodeLens(scope, lens));
      },
    };
    held.add(vscode.languages.registerCodeLensProvider('*', provider));
    return held;
  },
};

function lensesOf(scope: Project): Lenses {
  const lenses = new Map<string, Lens[]>();
  const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.toString()));
  for (const placed of placeAdvice(scope.resolution(), open)) {
    const others = lenses.get(placed.uri);
    if (others) others.push(toLens(placed));
    else lenses.set(placed.uri, [toLens(placed)]);
  }
  return lenses;
}

function toLens({ line, task, advice, isNamed }: PlacedAdvice): Lens {
  return {
    line,
    task,
    title: lensTitle(advice, isNamed),
    tooltip: advice.map(each => inertText(headline(each))).join('\n'),
  };
}

function toCodeLens(scope: Project, { line, title, tooltip, task }: Lens): vscode.CodeLens {
  return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), {
    command: COMMANDS.showAdvice,
    title,
    tooltip,
    arguments: [adviceArgument(scope, task)],
  });
}

function moved(lenses: Lenses, { open, edits }: DocumentEdit): Lenses {
  const uri = open.document.uri.toString();
  const own = lenses.get(uri);
  if (!own) return lenses;
  const after = own.flatMap(lens => {
    const line = edits.reduce<number | undefined>(
      (at, edit) => (at === undefined ? undefined : shiftedLine(at, edit)),
      lens.line,
    );
    return line === undefined ? [] : [{ ...lens, line }];
  });
  return new Map([...lenses, [uri, after]]);
}

function isEqual(one: Lenses | undefined, other: Lenses): boolean {
  return one !== undefined && JSON.stringify([...one]) === JSON.stringify([...other]);
}
