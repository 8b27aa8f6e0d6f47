// The script of a run's page in the editor.
import './run.css';
import * as l10n from '@vscode/l10n';
import {
  type FromRunPage,
  type RunPageState,
  type ToRunPage,
  readRunPageState,
  readToRunPage,
} from '../../page-protocol';
import { exportFigures } from '../shared/chart-export';
import { make } from '../shared/dom';
import { findHost, onMessage } from '../shared/editor-host';
import { DEFAULT_VIEW, type RunPage, showRun } from './run-page';

const host = findHost<FromRunPage, RunPageState>();
const kept = readRunPageState(host.getState());
const root = document.getElementById('page') ?? document.body;
let page: RunPage | undefined;

onMessage(readToRunPage, message => {
  switch (message.kind) {
    case 'open':
      open(message);
      break;
    case 'delta':
      page?.take(message);
      break;
    case 'facts':
      page?.setFacts(message.facts);
      break;
    case 'failed':
      speak(message);
      host.setState({ version: 1, run: message.run, ...(kept?.view ? { view: kept.view } : {}) });
      if (page) page.fail(message.message);
      else root.replaceChildren(make('p', { className: 'failure', role: 'alert' }, message.message));
  }
});

function open(message: Extract<ToRunPage, { kind: 'open' }>): void {
  speak(message);
  const { run } = message;
  const isSame = kept?.run === run;
  const view = (isSame ? kept.view : undefined) ?? DEFAULT_VIEW;
  const keep = (next: typeof view): void => {
    host.setState({ version: 1, run, view: next });
  };
  keep(view);
  page = showRun(root, message, view, keep);
}

function speak({ language, texts }: { readonly language: string; readonly texts?: string }): void {
  document.documentElement.lang = language;
  if (texts !== undefined) l10n.config({ contents: texts });
}

exportFigures(
  () => page?.name() ?? '',
  ({ name, content }) => {
    host.postMessage({ kind: 'save', name, content });
  },
  figure => page?.figure(figure)?.exported,
);

host.postMessage({ kind: 'ready' });
