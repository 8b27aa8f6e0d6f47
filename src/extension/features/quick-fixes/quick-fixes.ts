import * as vscode from 'vscode';
import type { MissingTask } from '../../../language-service/code-actions';
import type { Diagnostic, Fix } from '../../../language/annotation-diagnostics';
import type { Feature } from '../../lifecycle';
import { editOf, toRange } from '../../vscode-conversions';
import { DIAGNOSTIC_SOURCE } from '../diagnostics/diagnostics-publisher';

/** One click repairs what a diagnostic reports, where there is one certain way to, or declares a task that is missing. */
export const quickFixes: Feature = {
  register({ problems }) {
    const provider: vscode.CodeActionProvider = {
      async provideCodeActions(document, _range, { diagnostics }) {
        if (!diagnostics.some(({ source }) => source === DIAGNOSTIC_SOURCE)) return [];
        const { missingTask } = await import('../../../language-service/code-actions');
        const resolution = problems.of(document)?.resolution();
        const file = resolution?.fileAt(document.uri.toString());
        if (!resolution || !file) return [];
        const known = resolution.diagnosticsIn(file);
        const text = problems.textOf(document);
        return diagnostics.flatMap(shown => {
          const diagnostic = known.find(each => isSame(each, shown));
          if (!diagnostic) return [];
          const missing = text && missingTask(text, diagnostic, resolution.problem);
          return [
            ...(diagnostic.fix ? [toAction(document, shown, diagnostic.fix)] : []),
            ...(missing ? [toDeclaration(document, shown, missing)] : []),
          ];
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

function toDeclaration(
  document: vscode.TextDocument,
  diagnostic: vscode.Diagnostic,
  missing: MissingTask,
): vscode.CodeAction {
  const title =
    missing.kind === 'declare'
      ? vscode.l10n.t('Declare task {0}', missing.task)
      : vscode.l10n.t('Add task {0} to this dataset', missing.task);
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.edit = editOf(document.uri, missing);
  return action;
}

function fixTitle(old: string, replacement: string): string {
  if (old === '') return vscode.l10n.t('Insert "{0}"', replacement.trim());
  if (replacement === '') return vscode.l10n.t('Remove "{0}"', old.trim());
  return vscode.l10n.t('Change "{0}" to "{1}"', old, replacement);
}
