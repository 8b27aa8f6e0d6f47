import * as vscode from 'vscode';
import type { CountResult } from '../../data';
import { proposeAnnotation, type CountedSize } from '../../language/annotate-data';
import { dataCallAt, type DataCall } from '../../language/data-calls';
import { fromPosition } from '../convert';
import { countingPlace } from '../datasets/counting-place';
import type { Counting } from '../datasets/protocol';
import type { Feature } from '../feature';
import { editOf } from '../insertion';
import type { Scope } from '../workspace/scope';
import { placeOfData } from './place-of-data';

/** Counts data; rejects where it is cancelled. */
export type CountData = (counting: Counting, signal: AbortSignal) => Promise<CountResult>;

/** How long somebody waits for an annotation until it comes without the size, in milliseconds. */
const PATIENCE = 3000;

interface Proposed {
  readonly call: DataCall;
  readonly document: vscode.TextDocument;
  readonly scope: Scope;
}

/**
 * Annotates the dataset that the code at the cursor reads, with the size that is counted once it is chosen.
 * @param count counts data on this machine; absent in a browser
 */
export function annotateData(count: CountData | undefined): Feature {
  return {
    register({ problems, settings, log, home }) {
      const proposals = new WeakMap<vscode.CodeAction, Proposed>();
      const isOn = ({ resource }: Scope): boolean => settings.get('refactorings.enabled', resource);
      const counted = async ({ call, document, scope }: Proposed, token: vscode.CancellationToken) => {
        if (!count || !vscode.workspace.isTrusted || !settings.get('datasets.enabled', scope.resource))
          return undefined;
        const place = call.path === undefined ? undefined : countingPlace(scope, document.uri, call.path);
        if (!place) return undefined;
        const counting: Counting = { ...place, unit: 'examples', labels: {} };
        try {
          return sizeOf(await withPatience(signal => count(counting, signal), token));
        } catch (error) {
          log.warn(`${call.path ?? ''}: ${error instanceof Error ? error.message : String(error)}`);
          return undefined;
        }
      };
      const provider: vscode.CodeActionProvider = {
        async provideCodeActions(document, range) {
          const scope = problems.of(document);
          const text = problems.textOf(document);
          if (!scope || !text || !isOn(scope)) return [];
          const found = dataCallAt(text, fromPosition(range.start));
          const place = found && (await placeOfData(found, document.uri, scope, home));
          if (!found || !place) return [];
          const call = { ...found, ...place };
          const proposed = proposeAnnotation(text, call, namesIn(scope));
          if (!proposed) return [];
          const action = new vscode.CodeAction(
            vscode.l10n.t('Annotate the dataset {0}', proposed.name),
            vscode.CodeActionKind.RefactorExtract,
          );
          proposals.set(action, { call, document, scope });
          return [action];
        },
        async resolveCodeAction(action, token) {
          const proposal = proposals.get(action);
          if (!proposal) return action;
          const size = await counted(proposal, token);
          const { call, document, scope } = proposal;
          const text = problems.textOf(document);
          const proposed = text && proposeAnnotation(text, call, namesIn(scope), size);
          if (!proposed) return action;
          const { position, snippet } = proposed;
          action.edit = editOf(document.uri, { position, text: snippet, isSnippet: true });
          return action;
        },
      };
      return vscode.languages.registerCodeActionsProvider('*', provider, {
        providedCodeActionKinds: [vscode.CodeActionKind.RefactorExtract],
      });
    },
  };
}

function namesIn(scope: Scope): ReadonlySet<string> {
  return new Set(scope.resolution().problem.datasets.map(({ name }) => name));
}

/** What was counted, else what a file beside the data states. */
function sizeOf({ counted, stated }: CountResult): CountedSize | undefined {
  const size = counted ?? stated[0];
  return size?.unit === 'examples' && size.value > 0 ? size : undefined;
}

/** Rejects when the time is up, or somebody cancels, whether or not the work has ended by then. */
async function withPatience<T>(
  work: (signal: AbortSignal) => Promise<T>,
  token: vscode.CancellationToken,
): Promise<T> {
  const controller = new AbortController();
  const end = (): void => {
    controller.abort(
      new Error(vscode.l10n.t('Counting took too long; the annotation is proposed without it.')),
    );
  };
  const timer = setTimeout(end, PATIENCE);
  const cancelled = token.onCancellationRequested(end);
  const ended = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => {
      reject(controller.signal.reason as Error);
    });
  });
  try {
    return await Promise.race([work(controller.signal), ended]);
  } finally {
    clearTimeout(timer);
    cancelled.dispose();
  }
}
