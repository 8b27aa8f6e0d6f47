import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Disposable, disposables } from '../../disposables';
import type { Feature } from '../../lifecycle';
import type { Services } from '../../services';
import { completion } from '../completion/completion-provider';
import { links } from '../document-links/document-link-provider';
import { inlayHints } from '../inlay-hints/inlay-hints-provider';
import { navigation } from '../navigation/navigation-providers';
import { outline } from '../outline/outline-providers';
import { type CountData, annotateData } from '../refactorings/annotate-dataset';
import { refactorings } from '../refactorings/refactoring-actions';

/** Writing and reading annotations, in the order in which it starts. */
function languageFeatures(count: CountData | undefined): readonly Feature[] {
  return [completion, navigation, outline, inlayHints, links, refactorings, annotateData(count)];
}

/** Starts what writes and reads annotations. */
export function startFeatures(services: Services, count?: CountData): Disposable {
  // A bundle has its own copy of what holds the texts.
  l10n.config({ contents: JSON.stringify(vscode.l10n.bundle ?? {}) });
  const held = disposables();
  for (const feature of languageFeatures(count)) held.add(feature.register(services));
  return held;
}
