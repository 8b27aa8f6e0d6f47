import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Services } from '../../services';
import { type Diagrams, createDiagrams } from './diagram-panels';

/** What the bundle offers the extension. */
export interface DiagramBundle {
  readonly startDiagrams: (services: Services) => Diagrams;
}

export const startDiagrams: DiagramBundle['startDiagrams'] = services => {
  // A bundle has its own copy of what holds the texts.
  l10n.config({ contents: JSON.stringify(vscode.l10n.bundle ?? {}) });
  return createDiagrams(services);
};
