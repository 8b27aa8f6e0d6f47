import * as vscode from 'vscode';
import type { Disposable } from '../disposables';
import type { OpenDocument } from './documents';
import { createScope, type LiveScope, type ScopeParts } from './live-scope';
import { homeOf, homeOfFolder, type Home } from './scope';

/** The problems that exist: made when something of theirs is opened or asked for. */
export interface Scopes extends Disposable {
  readonly at: (home: Home) => LiveScope;
  readonly get: (key: string) => LiveScope | undefined;
  /** Those of all workspace folders, and of documents outside of them. */
  readonly all: () => readonly LiveScope[];
  readonly each: (visit: (scope: LiveScope) => void) => void;
  readonly end: (scope: LiveScope) => void;
  /** Ends those that nothing open belongs to any more, and makes those that something now does. */
  readonly regroup: () => void;
}

export function createScopes(parts: ScopeParts, ended: (scope: LiveScope) => void): Scopes {
  const scopes = new Map<string, LiveScope>();
  const at = (home: Home): LiveScope => {
    const known = scopes.get(home.key);
    if (known) return known;
    const made = createScope(home, parts);
    scopes.set(home.key, made);
    return made;
  };
  const end = (scope: LiveScope): void => {
    scopes.delete(scope.key);
    scope.dispose();
    ended(scope);
  };
  return {
    at,
    get: key => scopes.get(key),
    all() {
      for (const folder of vscode.workspace.workspaceFolders ?? []) at(homeOfFolder(folder)).startIndex();
      return [...scopes.values()];
    },
    each(visit) {
      for (const scope of [...scopes.values()]) visit(scope);
    },
    end,
    regroup() {
      const homes = new Set([...parts.open().values()].map(({ document }) => homeOf(document).key));
      for (const scope of [...scopes.values()]) if (!stays(scope, homes)) end(scope);
      for (const opened of parts.open().values()) enter(at(homeOf(opened.document)), opened);
    },
    dispose() {
      for (const scope of scopes.values()) scope.dispose();
      scopes.clear();
    },
  };
}

/** A folder is read once something in it is annotated: whoever has no annotation pays for nothing. */
export function enter(scope: LiveScope, { text }: OpenDocument): void {
  if (text.placed.length > 0) scope.startIndex();
  scope.forget();
}

function stays({ home }: LiveScope, homes: ReadonlySet<string>): boolean {
  if (!home.folder) return homes.has(home.key);
  const { folder } = home;
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.some(({ uri }) => uri.toString() === folder.uri.toString());
}
