import path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Disposable, disposables } from '../../disposables';
import type { Services } from '../../services';
import { createCounter } from '../counting/counter';
import type { AgentTools } from './agents-feature';
import { countDatasetWith } from './dataset-count-tool';
import { createTools } from './editor-agent-tools';

/** What the bundle offers the extension. */
export interface AgentBundle {
  readonly startAgents: (services: Services) => Disposable & { readonly tools: AgentTools };
}

export const startAgents: AgentBundle['startAgents'] = services => {
  const held = disposables();
  const messages = JSON.stringify(vscode.l10n.bundle ?? {});
  // A bundle has its own copy of what holds the texts.
  l10n.config({ contents: messages });
  const counter = held.add(createCounter({ worker: path.join(__dirname, 'count-worker.js'), messages }));
  return { tools: createTools(services, countDatasetWith(counter)), dispose: held.dispose };
};
