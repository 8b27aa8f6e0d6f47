import * as l10n from '@vscode/l10n';
import { differenceText } from '../../../messages/metric-text';
import { strategyName } from '../../../messages/quantities';
import type { FromRunsPage, ListedRun } from '../../page-protocol';
import { runName } from '../../runs/run-comparison';
import { stateName } from '../../runs/run-text';
import { colorOf } from '../../strategy-colors';
import { make } from '../shared/dom';

export interface RowActions {
  readonly send: (message: FromRunsPage) => void;
  readonly choose: (folder: string, isChosen: boolean) => void;
}

/** A run in the list: chosen for comparison, opened, named, noted, deleted. */
export function runRow(run: ListedRun, isChosen: boolean, { send, choose }: RowActions): HTMLElement {
  const { folder, state, task, started, notes = '', report } = run;
  const title = runName(run);
  const row = make('tr');
  row.dataset['folder'] = folder;

  const box = make('input', { type: 'checkbox', checked: isChosen });
  box.setAttribute('aria-label', l10n.t('Compare {0}', title));
  box.addEventListener('change', () => {
    choose(folder, box.checked);
  });

  const open = button(title, 'link', () => {
    send({ kind: 'open', folder });
  });
  const name = make('th', { scope: 'row' }, open);
  const edit = button('✎', 'icon', () => {
    name.replaceChildren(
      editor(run.name ?? '', l10n.t('Name of the run'), 200, text => {
        if (text === undefined) name.replaceChildren(open, edit);
        else send({ kind: 'rename', folder, name: text });
      }),
    );
  });
  edit.title = edit.ariaLabel = l10n.t('Rename {0}', title);
  name.append(edit);

  const note = make('td', { className: 'notes' });
  const writeNote = button(notes === '' ? l10n.t('Add a note') : notes, 'link', () => {
    note.replaceChildren(
      editor(notes, l10n.t('Notes on {0}', title), 10_000, text => {
        if (text === undefined) note.replaceChildren(writeNote);
        else send({ kind: 'note', folder, notes: text });
      }),
    );
  });
  if (notes === '') writeNote.classList.add('faint');
  note.append(writeNote);

  const remove = button(l10n.t('Delete'), 'plain', () => {
    send({ kind: 'delete', folder });
  });
  remove.disabled = state === 'running';
  remove.title = remove.disabled ? l10n.t('Stop it first.') : l10n.t('Delete {0}', title);

  row.append(
    make('td', {}, box),
    name,
    make('td', {}, task),
    make('td', {}, stateName(state)),
    verdictCell(report),
    make('td', {}, started.slice(0, 16).replace('T', ' ')),
    note,
    make('td', {}, remove),
  );
  return row;
}

function verdictCell(report: ListedRun['report']): HTMLElement {
  const { verdict, metric } = report ?? {};
  if (!verdict || !metric) return make('td', {}, '–');
  const { recommendation, difference } = verdict;
  const mark = make('span', { className: 'swatch' });
  mark.style.background = colorOf(recommendation);
  return make(
    'td',
    {},
    mark,
    isStrategy(recommendation) ? strategyName(recommendation) : recommendation,
    recommendation === 'single-task' ? '' : ` ${differenceText(metric.name, difference)}`,
  );
}

const STRATEGIES = ['single-task', 'transfer', 'multitask', 'pipeline', 'end-to-end'] as const;

function isStrategy(name: string): name is (typeof STRATEGIES)[number] {
  return STRATEGIES.some(each => each === name);
}

function button(text: string, className: string, act: () => void): HTMLButtonElement {
  const made = make('button', { type: 'button', className }, text);
  made.addEventListener('click', act);
  return made;
}

/** A field that ends with Enter, or with Escape and nothing. */
function editor(
  value: string,
  label: string,
  maxLength: number,
  done: (text: string | undefined) => void,
): HTMLInputElement {
  const field = make('input', { type: 'text', value, maxLength });
  field.setAttribute('aria-label', label);
  let isDone = false;
  const end = (text: string | undefined): void => {
    if (isDone) return;
    isDone = true;
    done(text);
  };
  field.addEventListener('keydown', event => {
    if (event.key === 'Enter' && !event.isComposing) end(field.value);
    else if (event.key === 'Escape') end(undefined);
  });
  field.addEventListener('blur', () => {
    end(field.value === value ? undefined : field.value);
  });
  requestAnimationFrame(() => {
    field.focus();
    field.select();
  });
  return field;
}
