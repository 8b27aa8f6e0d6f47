import * as vscode from 'vscode';
import type { Diagnostic, Fix } from '../../annotations/diagnostics';
import { toRange } from '../convert';
import type { Feature } from '../feature';
import { DIAGNOSTIC_SOURCE } from './diagnostics';

/** One click repairs what a diagnostic reports, where there is one certain way to. */
export const quickFixes: Feature = {
  register({ problems }) {
    const provider: vscode.CodeActionProvider = {
      provideCodeActions(document, _range, { diagnostics }) {
        const resolution = problems.of(document)?.resolution();
        const file = resolution?.fileAt(document.uri.toString());
        if (!resolution || !file) return [];
        const known = resolution.diagnosticsIn(file);
        return diagnostics.flatMap(shown => {
          const fix = known.find(diagnostic => isSame(diagnostic, shown))?.fix;
          return fix ? [toAction(document, shown, fix)] : [];
        });
      },
    };
    return vscode.languages.registerCodeActionsProvider('*', provider, {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    });
  },
};

function isSame(known: Diagnostic, shown: vscode.Diagnostic): boolean {
  return (
    shown.source === DIAGNOSTIC_SOURCE &&
    shown.code === known.code &&
    shown.range.isEqual(toRange(known.range))
  );
}

function toAction(
  document: vscode.TextDocument,
  diagnostic: vscode.Diagnostic,
  { range, newText }: Fix,
): vscode.CodeAction {
  const old = document.getText(toRange(range));
  const action = new vscode.CodeAction(fixTitle(old, newText), vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.isPreferred = true;
  action.edit = new vscode.WorkspaceEdit();
  action.edit.replace(document.uri, toRange(range), newText);
  return action;
}

function fixTitle(old: string, replacement: string): string {
  if (old === '') return vscode.l10n.t('Insert "{0}"', replacement.trim());
  if (replacement === '') return vscode.l10n.t('Remove "{0}"', old.trim());
  return vscode.l10n.t('Change "{0}" to "{1}"', old, replacement);
}
