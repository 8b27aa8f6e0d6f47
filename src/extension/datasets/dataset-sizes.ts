import path from 'node:path';
import * as vscode from 'vscode';
import { updateTitle } from '../../workspace/sizes/messages';
import { disposables, type Disposable } from '../disposables';
import type { Feature } from '../feature';
import type { Services } from '../services';
import type { Scope } from '../workspace/scope';
import { createCountedScope, type CountedScope } from './counted-scope';
import { createCounter } from './counter';
import { findingsOf, type Finding } from './findings';
import { wantedCounts } from './wanted';

/**
 * Compares the sizes that annotations state with the data at their paths, and offers to update those that are
 * stale. Only on this machine's own files, and in a workspace that is trusted: what stands in a comment decides
 * which files are read.
 */
export const datasetSizes: Feature = {
  register(services) {
    const held = disposables();
    const start = (): void => {
      held.add(startCounting(services));
    };
    if (vscode.workspace.isTrusted) start();
    else held.add(vscode.workspace.onDidGrantWorkspaceTrust(start));
    return held;
  },
};

function startCounting({ problems, settings, log, counts: board }: Services): Disposable {
  const held = disposables();
  const collection = held.add(vscode.languages.createDiagnosticCollection('strategy-advisor-datasets'));
  const counter = held.add(
    createCounter({
      worker: path.join(__dirname, 'count-worker.js'),
      messages: JSON.stringify(vscode.l10n.bundle ?? {}),
    }),
  );
  const scopes = new Map<string, CountedScope>();
  const published = new Map<string, ReadonlyMap<string, readonly Finding[]>>();
  const isOn = ({ resource }: Scope): boolean =>
    resource.scheme === 'file' && settings.get('datasets.enabled', resource);
  const show = (scope: Scope, counts: CountedScope): void => {
    const tolerance = settings.get('datasets.tolerance', scope.resource);
    const found = new Map<string, Finding[]>();
    for (const wanted of isOn(scope) ? wantedCounts(scope) : []) {
      const result = counts.results.get(wanted.key);
      if (!result) continue;
      found.set(wanted.uri, [...(found.get(wanted.uri) ?? []), ...findingsOf(wanted, result, tolerance)]);
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
  const refresh = (scope: Scope): void => {
    const wanted = isOn(scope) ? wantedCounts(scope, board.wantsAll()) : [];
    let counts = scopes.get(scope.key);
    if (!counts && wanted.length === 0) return;
    if (!counts) {
      const made = createCountedScope(counter, log, () => {
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
  // Data changes elsewhere: it is looked at again when the user comes back.
  held.add(
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (!focused) return;
      for (const key of scopes.keys()) {
        const scope = problems.withKey(key);
        if (scope) refresh(scope);
      }
    }),
  );
  held.add({
    dispose() {
      for (const counts of scopes.values()) counts.cancel();
    },
  });
  held.add(registerFixes(uri => [...published.values()].flatMap(files => files.get(uri) ?? [])));
  return held;
}

function registerFixes(findingsIn: (uri: string) => readonly Finding[]): Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions(document, range) {
      return findingsIn(document.uri.toString()).flatMap(({ diagnostic, stale }) => {
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
