import * as vscode from 'vscode';
import type { KnownCheckpoint } from '../../../catalogue/checkpoint-catalogue';
import type { TextRange } from '../../../common/text-ranges';
import type { CheckpointCall } from '../../../inference/checkpoint-calls';
import { cursorContextAt } from '../../../language-service/cursor-context';
import { proposeCheckpoint } from '../../../language-service/propose-checkpoint';
import { checkpointFacts } from '../../../messages/checkpoint-messages';
import { lines } from '../../../messages/markdown';
import { type Disposable, disposables } from '../../disposables';
import { annotationAt } from '../../project/advice-placement';
import type { Services } from '../../services';
import { createHoverMarkdown } from '../../user-interface';
import { editOf, fromPosition, toRange } from '../../vscode-conversions';

/** The catalogue is loaded when a checkpoint is first met. */
const loadCatalogue = () => import('../../../catalogue/checkpoint-catalogue');

/** Starts the quick fix that annotates a checkpoint, hovers that say what is known of one, and completion of names. */
export function startCheckpoints(services: Services): Disposable {
  const held = disposables();
  held.add(
    vscode.languages.registerCodeActionsProvider('python', quickFixes(services), {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
  );
  held.add(vscode.languages.registerHoverProvider('*', hovers(services)));
  held.add(vscode.languages.registerCompletionItemProvider('*', completions(services), '='));
  return held;
}

function quickFixes({ problems, settings }: Services): vscode.CodeActionProvider {
  return {
    async provideCodeActions(document, range, _context, token) {
      const scope = problems.of(document);
      const text = problems.textOf(document);
      if (!scope || !text || !settings.get('refactorings.enabled', scope.resource)) return [];
      const calls = await callsIn(document);
      const [catalogue] = await Promise.all([loadCatalogue(), scope.whenReady()]);
      if (token.isCancellationRequested) return [];
      const { line } = fromPosition(range.start);
      return calls
        .filter(call => isOn(call, line))
        .flatMap(call => {
          const { name, known } = call;
          const insertion = proposeCheckpoint(
            text,
            {
              names: known ? [known.name, ...known.aliases] : [name],
              data: known && catalogue.mainTrainingData(known)?.id,
              line: call.line,
            },
            scope.resolution().problem,
          );
          if (!insertion) return [];
          const action = new vscode.CodeAction(
            vscode.l10n.t('Annotate checkpoint {0} as a source', name),
            vscode.CodeActionKind.QuickFix,
          );
          action.edit = editOf(document.uri, insertion);
          return [action];
        });
    },
  };
}

function hovers({ problems, settings }: Services): vscode.HoverProvider {
  return {
    async provideHover(document, position, token) {
      const scope = problems.of(document);
      if (!scope || !settings.get('hover.enabled', scope.resource)) return undefined;
      const at = fromPosition(position);
      const file = scope.resolution().fileAt(document.uri.toString());
      const annotation = file && annotationAt(file, at);
      const written =
        annotation && annotation.directive !== 'pipeline' ? annotation.fields.checkpoint : undefined;
      if (written && contains(written.range, at)) {
        const { findCheckpoint } = await loadCatalogue();
        const known = findCheckpoint(written.value);
        return known && !token.isCancellationRequested ? hover(known, written.range) : undefined;
      }
      if (annotation || document.languageId !== 'python') return undefined;
      const call = (await callsIn(document)).find(({ range }) => contains(range, at));
      return call?.known && !token.isCancellationRequested ? hover(call.known, call.range) : undefined;
    },
  };
}

function hover(known: KnownCheckpoint, range: TextRange): vscode.Hover {
  return new vscode.Hover(createHoverMarkdown(lines(checkpointFacts(known)), []), toRange(range));
}

function completions({ problems, settings }: Services): vscode.CompletionItemProvider {
  return {
    async provideCompletionItems(document, position, token) {
      const scope = problems.of(document);
      const text = problems.textOf(document);
      if (!scope || !text || !settings.get('completion.enabled', scope.resource)) return undefined;
      const cursor = cursorContextAt(text, fromPosition(position));
      if (cursor?.kind !== 'value' || !['checkpoint', 'model'].includes(cursor.key)) return undefined;
      const { CHECKPOINTS } = await loadCatalogue();
      if (token.isCancellationRequested) return undefined;
      return CHECKPOINTS.map(({ name, trainedOn }) => {
        const item = new vscode.CompletionItem(name, vscode.CompletionItemKind.Value);
        item.detail = trainedOn.map(({ title }) => title).join(', ');
        item.range = toRange(cursor.range);
        return item;
      });
    },
  };
}

/** The calls of each document, as long as it stays as it is. */
const known = new WeakMap<
  vscode.TextDocument,
  { readonly version: number; readonly calls: Promise<readonly CheckpointCall[]> }
>();

/** What loads weights has one of these in it; most files have none, and are not parsed. */
const LOADS = /\b(?:timm|torchvision|transformers|sentence_transformers|keras|hub|whisper|torchaudio)\b/;

function callsIn(document: vscode.TextDocument): Promise<readonly CheckpointCall[]> {
  const before = known.get(document);
  if (before?.version === document.version) return before.calls;
  const source = document.getText();
  const calls = LOADS.test(source) ? parse(source) : Promise.resolve([]);
  known.set(document, { version: document.version, calls });
  return calls;
}

async function parse(source: string): Promise<readonly CheckpointCall[]> {
  const [{ withPythonTree }, { checkpointCalls }] = await Promise.all([
    import('../../../inference/python-parser'),
    import('../../../inference/checkpoint-calls'),
  ]);
  return (await withPythonTree(source, checkpointCalls)) ?? [];
}

function isOn({ line, range }: CheckpointCall, at: number): boolean {
  return at >= line && at <= range.end.line;
}

function contains({ start, end }: TextRange, { line, column }: { line: number; column: number }): boolean {
  const isAfter = line > start.line || (line === start.line && column >= start.column);
  return isAfter && (line < end.line || (line === end.line && column <= end.column));
}
