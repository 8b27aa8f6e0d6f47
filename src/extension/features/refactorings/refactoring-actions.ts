import * as vscode from 'vscode';
import { type Refactoring, refactoringsAt } from '../../../language-service/code-actions';
import type { Feature } from '../../lifecycle';
import { editOf, fromPosition } from '../../vscode-conversions';

/** Says in an annotation what the advice had to assume, and declares tasks. */
export const refactorings: Feature = {
  register({ problems, settings }) {
    const provider: vscode.CodeActionProvider = {
      provideCodeActions(document, range) {
        const scope = problems.of(document);
        const text = problems.textOf(document);
        if (!scope || !text || !settings.get('refactorings.enabled', scope.resource)) return [];
        const { problem, adviceNamed } = scope.resolution();
        return refactoringsAt(text, fromPosition(range.start), problem, adviceNamed).map(each =>
          toAction(document, each),
        );
      },
    };
    return vscode.languages.registerCodeActionsProvider('*', provider, {
      providedCodeActionKinds: [
        vscode.CodeActionKind.RefactorExtract,
        vscode.CodeActionKind.RefactorRewrite,
        vscode.CodeActionKind.QuickFix,
      ],
    });
  },
};

function toAction(document: vscode.TextDocument, refactoring: Refactoring): vscode.CodeAction {
  const action = new vscode.CodeAction(titleOf(refactoring), kindOf(refactoring));
  action.edit = editOf(document.uri, refactoring);
  return action;
}

function kindOf({ kind }: Refactoring): vscode.CodeActionKind {
  if (kind === 'public-source') return vscode.CodeActionKind.QuickFix;
  return kind === 'declare-task'
    ? vscode.CodeActionKind.RefactorExtract
    : vscode.CodeActionKind.RefactorRewrite;
}

function titleOf({ kind, task, others }: Refactoring): string {
  const [other = '', ...more] = others;
  switch (kind) {
    case 'declare-task':
      return vscode.l10n.t('Declare task {0}', task);
    case 'features-shared':
      return more.length === 0
        ? vscode.l10n.t('Declare that {0} shares low-level features with {1}', task, other)
        : vscode.l10n.t(
            'Declare that {0} shares low-level features with all of {1}',
            task,
            others.join(', '),
          );
    case 'features-shared-alone':
      return vscode.l10n.t('Declare that {0} shares low-level features only with {1}', task, other);
    case 'public-source':
      return vscode.l10n.t('Annotate {0} as a source for {1}', other, task);
    case 'features-not-shared':
      return vscode.l10n.t('Declare that {0} shares low-level features with no task', task);
  }
}
