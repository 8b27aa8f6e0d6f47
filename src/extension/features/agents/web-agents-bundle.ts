import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { AgentBundle } from './agents-bundle';
import { createTools } from './editor-agent-tools';

/** The same tools in a browser, where no data can be counted. */
export const startAgents: AgentBundle['startAgents'] = services => {
  // A bundle has its own copy of what holds the texts.
  l10n.config({ contents: JSON.stringify(vscode.l10n.bundle ?? {}) });
  return { tools: createTools(services), dispose: () => undefined };
};
