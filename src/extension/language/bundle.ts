import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { disposables, type Disposable } from '../disposables';
import type { Services } from '../services';
import { languageFeatures } from './features';

/** What the bundle offers the extension. */
export interface LanguageBundle {
  readonly startLanguage: (services: Services) => Disposable;
}

export const startLanguage: LanguageBundle['startLanguage'] = services => {
  // A bundle has its own copy of what holds the texts.
  l10n.config({ contents: JSON.stringify(vscode.l10n.bundle ?? {}) });
  const held = disposables();
  for (const feature of languageFeatures) held.add(feature.register(services));
  return held;
};
