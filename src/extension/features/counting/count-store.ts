import * as vscode from 'vscode';
import type { CountResult } from '../../../data';
import { disposables, type Disposable } from '../../disposables';

/** What is known of the data of all problems: whoever counts writes it, whoever shows it reads it. */
export interface CountStore extends Disposable {
  /** By the key of a count; `undefined` while it is not known. */
  readonly resultOf: (key: string) => CountResult | undefined;
  /** Puts down what is known of the problem `scope`, instead of what was. */
  readonly write: (scope: string, results: ReadonlyMap<string, CountResult>) => void;
  /** Told the key of a problem of which other sizes are known now. */
  readonly onDidChange: vscode.Event<string>;
  /** Whether somebody looks at all datasets, and not at those of open documents only. */
  readonly wantsAll: () => boolean;
  readonly setWantsAll: (isWanted: boolean) => void;
  readonly onDidWant: vscode.Event<void>;
  /** Asks for all counts anew: other files may be read now. */
  readonly recount: () => void;
  readonly onDidAskAgain: vscode.Event<void>;
}

export function createCountStore(): CountStore {
  const held = disposables();
  const changed = held.add(new vscode.EventEmitter<string>());
  const wanted = held.add(new vscode.EventEmitter<void>());
  const again = held.add(new vscode.EventEmitter<void>());
  const known = new Map<string, ReadonlyMap<string, CountResult>>();
  let all = false;
  return {
    resultOf(key) {
      for (const results of known.values()) {
        const found = results.get(key);
        if (found) return found;
      }
      return undefined;
    },
    write(scope, results) {
      if (results.size === 0) known.delete(scope);
      else known.set(scope, results);
      changed.fire(scope);
    },
    onDidChange: changed.event,
    wantsAll: () => all,
    setWantsAll(isWanted) {
      if (all === isWanted) return;
      all = isWanted;
      wanted.fire();
    },
    onDidWant: wanted.event,
    recount() {
      again.fire();
    },
    onDidAskAgain: again.event,
    dispose: held.dispose,
  };
}
