import * as vscode from 'vscode';
import { type Completion, completionsAt } from '../../../language-service/completion-items';
import { type CursorContext, cursorContextAt } from '../../../language-service/cursor-context';
import { completesNames, knownNames } from '../../../language-service/known-names';
import { signatureAt } from '../../../language-service/signature-help';
import { inertText } from '../../../messages/inert-text';
import { disposables } from '../../disposables';
import type { Feature } from '../../lifecycle';
import type { Services } from '../../services';
import { fromPosition, toRange } from '../../vscode-conversions';
import { ANY_LANGUAGE, untilCancelled } from '../language/provider-support';

const KINDS: Readonly<Record<Completion['kind'], vscode.CompletionItemKind>> = {
  directive: vscode.CompletionItemKind.Keyword,
  snippet: vscode.CompletionItemKind.Snippet,
  key: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.Value,
  dataset: vscode.CompletionItemKind.Struct,
  task: vscode.CompletionItemKind.Class,
};

/** Writes annotations: what may stand at the cursor, and what the keys of the annotation are. */
export const completion: Feature = {
  register(services) {
    const held = disposables();
    const items: vscode.CompletionItemProvider = {
      async provideCompletionItems(document, position, token) {
        const found = find(services, document, position);
        if (!found) return undefined;
        const { scope, cursor } = found;
        // The folder is read as soon as an annotation is begun; names wait for it, nothing else does.
        const ready = cursor.kind === 'directive' ? undefined : scope.whenReady();
        if (ready && completesNames(cursor) && !(await untilCancelled(ready, token))) return undefined;
        const names = knownNames(scope.resolution().problem);
        return completionsAt(cursor, names).map((each, index) => toItem(document, each, index));
      },
    };
    const signatures: vscode.SignatureHelpProvider = {
      provideSignatureHelp(document, position) {
        const found = find(services, document, position);
        return found && toHelp(found.cursor);
      },
    };
    held.add(
      vscode.languages.registerCompletionItemProvider(ANY_LANGUAGE, items, '@', ' ', '=', ',', ':', '>'),
    );
    held.add(vscode.languages.registerSignatureHelpProvider(ANY_LANGUAGE, signatures, ' ', '='));
    return held;
  },
};

function find({ problems, settings }: Services, document: vscode.TextDocument, position: vscode.Position) {
  const scope = problems.of(document);
  if (!scope || !settings.get('completion.enabled', scope.resource)) return undefined;
  const text = problems.textOf(document);
  const cursor = text && cursorContextAt(text, fromPosition(position));
  return cursor && { scope, cursor };
}

function toItem(document: vscode.TextDocument, each: Completion, index: number): vscode.CompletionItem {
  const { label, kind, insert, isSnippet = false, detail, documentation, goesOn = false } = each;
  const item = new vscode.CompletionItem({
    label: inertText(label),
    ...(detail === undefined ? {} : { description: inertText(detail) }),
  });
  const range = toRange(each.range);
  item.kind = KINDS[kind];
  item.insertText = isSnippet ? new vscode.SnippetString(insert) : insert;
  item.range = range;
  // What is typed already is compared with the whole of what is replaced: `@da`, `image:2`, `audio->`.
  item.filterText = kind === 'snippet' ? (document.getText(range) || '@') + label : label;
  item.sortText = String(index).padStart(4, '0');
  if (documentation !== undefined) item.documentation = documentation;
  if (goesOn) item.command = { command: 'editor.action.triggerSuggest', title: '' };
  return item;
}

function toHelp(cursor: CursorContext): vscode.SignatureHelp | undefined {
  const signature = signatureAt(cursor);
  if (!signature) return undefined;
  const { label, parameters, active } = signature;
  const information = new vscode.SignatureInformation(label);
  information.parameters = parameters.map(
    ({ start, end, documentation }) => new vscode.ParameterInformation([start, end], documentation),
  );
  const help = new vscode.SignatureHelp();
  help.signatures = [information];
  help.activeSignature = 0;
  // Behind the last parameter nothing is marked.
  help.activeParameter = active ?? parameters.length;
  return help;
}
