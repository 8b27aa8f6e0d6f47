import * as vscode from 'vscode';
import { errorMessage } from '../../../common/errors';
import type { CountResult } from '../../../data';
import { updateTitle } from '../../../messages/counting-messages';
import { COMMANDS } from '../../contributions';
import { type Disposable, disposables } from '../../disposables';
import type { Log } from '../../log';
import type { Project } from '../../project/project';
import type { LocalMachine, Services } from '../../services';
import { sizeToleranceOf } from '../../project/project-settings-store';
import { type CountDiagnostic, countDiagnostics } from './count-diagnostics';
import { type DatasetCountRequest, countRequests } from './count-requests';
import type { Counter } from './counter';

/** The counts that one problem asks for: running, or known. */
interface ProjectCounts {
  /** Asks for these, and for no others any more. */
  readonly want: (wanted: readonly DatasetCountRequest[]) => void;
  /** By key. */
  readonly results: ReadonlyMap<string, CountResult>;
  readonly cancel: () => void;
}

/** @param changed told when a result has come, or is another than before */
function createProjectCounts(counter: Counter, log: Log, changed: () => void): ProjectCounts {
  const running = new Map<string, AbortController>();
  const results = new Map<string, CountResult>();
  const start = async ({ key, counting }: DatasetCountRequest): Promise<void> => {
    const controller = new AbortController();
    running.set(key, controller);
    try {
      const result = await counter.count(counting, controller.signal);
      if (controller.signal.aborted || results.get(key) === result) return;
      results.set(key, result);
      changed();
    } catch (error) {
      if (!controller.signal.aborted) log.warn(`${counting.written}: ${errorMessage(error)}`);
    } finally {
      if (running.get(key) === controller) running.delete(key);
    }
  };
  const keepOnly = (keys: ReadonlySet<string>): void => {
    for (const [key, controller] of running) {
      if (keys.has(key)) continue;
      controller.abort();
      running.delete(key);
    }
    for (const key of results.keys()) if (!keys.has(key)) results.delete(key);
  };
  return {
    want(wanted) {
      const byKey = new Map(wanted.map(each => [each.key, each]));
      keepOnly(new Set(byKey.keys()));
      for (const each of byKey.values()) if (!running.has(each.key)) void start(each);
    },
    results,
    cancel() {
      keepOnly(new Set());
    },
  };
}

/** Counts the data of all problems whenever one has come to rest, and shows where a stated size is stale. */
export function startCounting(
  { problems, settings, log, counts: board }: Services,
  { createCounter }: LocalMachine,
): Disposable {
  const held = disposables();
  const collection = held.add(vscode.languages.createDiagnosticCollection('strategy-advisor-datasets'));
  const counter = held.add(createCounter());
  const scopes = new Map<string, ProjectCounts>();
  const published = new Map<string, ReadonlyMap<string, readonly CountDiagnostic[]>>();
  const isOn = ({ resource }: Project): boolean =>
    resource.scheme === 'file' && settings.get('datasets.enabled', resource);
  const show = (scope: Project, counts: ProjectCounts): void => {
    const found = new Map<string, CountDiagnostic[]>();
    for (const wanted of isOn(scope) ? countRequests(scope) : []) {
      const result = counts.results.get(wanted.key);
      if (!result) continue;
      found.set(wanted.uri, [
        ...(found.get(wanted.uri) ?? []),
        ...countDiagnostics(wanted, result, sizeToleranceOf(scope, wanted.uri, settings)),
      ]);
    }
    for (const uri of published.get(scope.key)?.keys() ?? [])
      if (!found.has(uri)) collection.delete(vscode.Uri.parse(uri));
    for (const [uri, findings] of found)
      collection.set(
        vscode.Uri.parse(uri),
        findings.map(({ diagnostic }) => diagnostic),
      );
    published.set(scope.key, found);
    board.write(scope.key, new Map(isOn(scope) ? counts.results : []));
  };
  const refresh = (scope: Project): void => {
    const wanted = isOn(scope) ? countRequests(scope, board.wantsAll()) : [];
    let counts = scopes.get(scope.key);
    if (!counts && wanted.length === 0) return;
    if (!counts) {
      const made = createProjectCounts(counter, log, () => {
        const now = problems.withKey(scope.key);
        if (now && scopes.get(scope.key) === made) show(now, made);
      });
      scopes.set(scope.key, made);
      counts = made;
    }
    counts.want(wanted);
    show(scope, counts);
  };
  held.add(problems.onDidSettle(refresh));
  for (const scope of problems.all()) if (scope.isReady()) refresh(scope);
  held.add(
    problems.onDidEnd(({ key }) => {
      scopes.get(key)?.cancel();
      scopes.delete(key);
      for (const uri of published.get(key)?.keys() ?? []) collection.delete(vscode.Uri.parse(uri));
      published.delete(key);
      board.write(key, new Map());
    }),
  );
  held.add(
    board.onDidWant(() => {
      if (board.wantsAll()) for (const scope of problems.all()) if (scope.isReady()) refresh(scope);
    }),
  );
  const refreshAll = (): void => {
    for (const key of scopes.keys()) {
      const scope = problems.withKey(key);
      if (scope) refresh(scope);
    }
  };
  // Data changes elsewhere: it is looked at again when the user comes back.
  held.add(
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) refreshAll();
    }),
  );
  held.add(board.onDidAskAgain(refreshAll));
  held.add({
    dispose() {
      for (const counts of scopes.values()) counts.cancel();
    },
  });
  held.add(registerFixes(uri => [...published.values()].flatMap(files => files.get(uri) ?? [])));
  return held;
}

function registerFixes(findingsIn: (uri: string) => readonly CountDiagnostic[]): Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions(document, range) {
      return findingsIn(document.uri.toString()).flatMap(({ diagnostic, stale, outside }) => {
        if (outside !== undefined && range.intersection(diagnostic.range))
          return [allowAction(diagnostic, outside)];
        if (stale?.newText === undefined || !range.intersection(diagnostic.range)) return [];
        const action = new vscode.CodeAction(updateTitle(stale), vscode.CodeActionKind.QuickFix);
        action.diagnostics = [diagnostic];
        action.isPreferred = true;
        action.edit = new vscode.WorkspaceEdit();
        action.edit.replace(document.uri, diagnostic.range, stale.newText);
        return [action];
      });
    },
  };
  return vscode.languages.registerCodeActionsProvider('*', provider, {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
  });
}

function allowAction(diagnostic: vscode.Diagnostic, place: string): vscode.CodeAction {
  const title = vscode.l10n.t('Allow reading data outside the workspace…');
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.command = { command: COMMANDS.allowOutside, title, arguments: [place] };
  return action;
}
