// The script of the list of runs.
import './runs.css';
import * as l10n from '@vscode/l10n';
import {
  type FromRunsPage,
  type ListedRun,
  type RunsPageState,
  type ToRunsPage,
  readRunsPageState,
  readToRunsPage,
} from '../../page-protocol';
import { runComparison } from '../../runs/run-comparison';
import { stateName } from '../../runs/run-text';
import { make, showText, toDom } from '../shared/dom';
import { findHost, onMessage } from '../shared/editor-host';
import { runRow } from './run-row';

const host = findHost<FromRunsPage, RunsPageState>();
const root = document.getElementById('page') ?? document.body;
const STATES = ['running', 'finished', 'stopped', 'interrupted', 'failed'] as const;

let view: RunsPageState = readRunsPageState(host.getState()) ?? {
  version: 1,
  filter: '',
  state: '',
  chosen: [],
};
let runs: readonly ListedRun[] = [];
let show: ((message?: Extract<ToRunsPage, { kind: 'runs' }>) => void) | undefined;
let tell: (text: string, undo: boolean) => void = () => undefined;

onMessage(readToRunsPage, message => {
  switch (message.kind) {
    case 'runs':
      document.documentElement.lang = message.language;
      if (message.texts !== undefined) l10n.config({ contents: message.texts });
      ({ runs } = message);
      show ??= build();
      show(message);
      break;
    case 'deleted':
      show ??= build();
      tell(l10n.t('{0} was deleted.', message.name), true);
      break;
    case 'failed':
      show ??= build();
      tell(message.message, false);
  }
});

function change(part: Partial<RunsPageState>): void {
  view = { ...view, ...part };
  host.setState(view);
  show?.();
}

function build(): NonNullable<typeof show> {
  const filter = make('input', {
    type: 'search',
    value: view.filter,
    placeholder: l10n.t('Filter by name, task or note'),
  });
  filter.setAttribute('aria-label', l10n.t('Filter'));
  filter.addEventListener('input', () => {
    change({ filter: filter.value });
  });
  const state = make(
    'select',
    {},
    make('option', { value: '' }, l10n.t('all')),
    ...STATES.map(value => make('option', { value }, stateName(value))),
  );
  state.setAttribute('aria-label', l10n.t('state'));
  state.value = view.state;
  state.addEventListener('change', () => {
    change({ state: STATES.find(each => each === state.value) ?? '' });
  });
  const undo = make('button', { type: 'button', className: 'plain' }, l10n.t('Undo'));
  const text = make('span');
  const said = make('p', { className: 'said', hidden: true }, text, ' ', undo);
  said.setAttribute('role', 'status');
  undo.addEventListener('click', () => {
    said.hidden = true;
    host.postMessage({ kind: 'undo' });
  });
  tell = (what, isUndone) => {
    text.textContent = what;
    undo.hidden = !isUndone;
    said.hidden = false;
  };
  const body = make('tbody');
  const table = make(
    'table',
    { className: 'runs' },
    make(
      'thead',
      {},
      make(
        'tr',
        {},
        ...[
          '',
          l10n.t('name'),
          l10n.t('task'),
          l10n.t('state'),
          l10n.t('verdict'),
          l10n.t('started'),
          l10n.t('notes'),
          '',
        ].map(title => make('th', { scope: 'col' }, title)),
      ),
    ),
    body,
  );
  const empty = make('p', { className: 'empty' });
  const broken = make('ul', { className: 'broken' });
  const compared = make('section', { className: 'comparison' });
  compared.setAttribute('aria-live', 'polite');
  root.replaceChildren(
    make('h1', {}, l10n.t('Runs')),
    make('form', { className: 'controls' }, filter, state),
    said,
    table,
    empty,
    broken,
    compared,
  );
  root.querySelector('form')?.addEventListener('submit', event => {
    event.preventDefault();
  });
  return message => {
    if (message)
      broken.replaceChildren(
        ...message.broken.map(each => make('li', {}, `${each.folder}: ${each.message}`)),
      );
    // A field that is being written in stays; what it sends brings the list up to date.
    if (!message || !body.contains(document.activeElement) || !isField(document.activeElement)) {
      const shown = runs.filter(isShown);
      body.replaceChildren(
        ...shown.map(run => runRow(run, view.chosen.includes(run.folder), { send, choose })),
      );
      table.hidden = shown.length === 0;
      showText(
        empty,
        shown.length > 0
          ? ''
          : runs.length === 0
            ? l10n.t('There are no runs yet. Run a pilot first.')
            : l10n.t('No run fits the filter.'),
      );
    }
    const [a, b] = view.chosen.flatMap(folder => runs.find(run => run.folder === folder) ?? []);
    compared.replaceChildren(
      ...(a && b
        ? runComparison(a, b).map(part => toDom(part))
        : runs.length > 1
          ? [make('p', { className: 'facts' }, l10n.t('Choose two runs to compare them.'))]
          : []),
    );
  };
}

function isField(element: Element | null): boolean {
  return element instanceof HTMLInputElement && element.type === 'text';
}

function isShown({ name = '', task, notes = '', id, state }: ListedRun): boolean {
  const wanted = view.filter.trim().toLowerCase();
  return (
    (view.state === '' || view.state === state) &&
    [name, task, notes, id].some(text => text.toLowerCase().includes(wanted))
  );
}

function send(message: FromRunsPage): void {
  // What was written is on its way: the list that answers may take the place of the field.
  if (document.activeElement instanceof HTMLElement && isField(document.activeElement))
    document.activeElement.blur();
  host.postMessage(message);
}

/** Two at most: with a third, the one that was chosen first is left. */
function choose(folder: string, isChosen: boolean): void {
  const others = view.chosen.filter(each => each !== folder && runs.some(run => run.folder === each));
  change({ chosen: isChosen ? [...others, folder].slice(-2) : others });
}

host.postMessage({ kind: 'ready' });
