import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { disposables, type Disposable } from '../disposables';
import type { Services } from '../services';
import type { CountData } from './annotate-data';
import { languageFeatures } from './features';

/** Starts what writes and reads annotations. */
export function startFeatures(services: Services, count?: CountData): Disposable {
  // A bundle has its own copy of what holds the texts.
  l10n.config({ contents: JSON.stringify(vscode.l10n.bundle ?? {}) });
  const held = disposables();
  for (const feature of languageFeatures(count)) held.add(feature.register(services));
  return held;
}
