import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { OverviewBundle } from './overview-bundle';
import { startOverview } from './overview';

/** The same view in a browser, where nothing is ever run. */
export const start: OverviewBundle['start'] = services => {
  // A bundle has its own copy of what holds the texts.
  l10n.config({ contents: JSON.stringify(vscode.l10n.bundle ?? {}) });
  return startOverview(services, () => Promise.resolve([]));
};
