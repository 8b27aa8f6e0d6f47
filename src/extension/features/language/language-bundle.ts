import path from 'node:path';
import * as vscode from 'vscode';
import { type Disposable, disposables } from '../../disposables';
import type { Services } from '../../services';
import { createCounter } from '../counting/counter';
import { startFeatures } from './language-features';

/** What the bundle offers the extension. */
export interface LanguageBundle {
  readonly startLanguage: (services: Services) => Disposable;
}

export const startLanguage: LanguageBundle['startLanguage'] = services => {
  const held = disposables();
  // A thread of its own: who waits for one count cannot wait for those of all datasets before it.
  const counter = held.add(
    createCounter({
      worker: path.join(__dirname, 'count-worker.js'),
      messages: JSON.stringify(vscode.l10n.bundle ?? {}),
    }),
  );
  held.add(startFeatures(services, counter.count));
  return held;
};
