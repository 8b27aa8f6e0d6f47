import * as l10n from '@vscode/l10n';
import type { TargetedEvent, VNode } from 'preact';
import { runComparison } from '../../runs/run-comparison';
import { runStateName } from '../../../messages/run-titles';
import type { ListedRun, RunList, RunsPageState } from '../../runs/runs-page-messages';
import { markupViews } from '../shared/markup-view';
import { type RunActions, RunRow } from './run-row';

const STATES = ['running', 'finished', 'stopped', 'interrupted', 'failed'] as const;

/** What the page says of what was done last. */
export interface Said {
  readonly text: string;
  /** Whether it can be undone. */
  readonly canUndo: boolean;
}

export interface RunsPageProps {
  readonly list: RunList;
  readonly view: RunsPageState;
  readonly said: Said | undefined;
  readonly change: (part: Partial<RunsPageState>) => void;
  readonly undo: () => void;
  readonly actions: RunActions;
}

/** The list of runs: found, compared two by two, named, noted and deleted. */
export function RunsPage({ list, view, said, change, undo, actions }: RunsPageProps): VNode {
  const { runs, broken } = list;
  const shown = runs.filter(run => isShown(run, view));
  return (
    <>
      <h1>{l10n.t('Runs')}</h1>
      <Filter view={view} change={change} />
      <p class="said" role="status" hidden={!said}>
        <span>{said?.text}</span>{' '}
        <button type="button" class="plain" hidden={said?.canUndo !== true} onClick={undo}>
          {l10n.t('Undo')}
        </button>
      </p>
      <table class="runs" hidden={shown.length === 0}>
        <thead>
          <tr>
            {columns().map((title, i) => (
              <th key={i} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(run => (
            <RunRow
              key={run.folder}
              run={run}
              isChosen={view.chosen.includes(run.folder)}
              choose={isChosen => {
                change({ chosen: chosenWith(run.folder, isChosen, view, runs) });
              }}
              actions={actions}
            />
          ))}
        </tbody>
      </table>
      <p class="empty" hidden={shown.length > 0}>
        {runs.length === 0 ? l10n.t('No runs yet. Run a pilot first.') : l10n.t('No runs match the filter.')}
      </p>
      <ul class="broken">
        {broken.map(({ folder, message }) => (
          <li key={folder}>{`${folder}: ${message}`}</li>
        ))}
      </ul>
      <section class="comparison" aria-live="polite">
        <Comparison runs={runs} chosen={view.chosen} />
      </section>
    </>
  );
}

function columns(): readonly string[] {
  return [
    '',
    l10n.t('name'),
    l10n.t('task'),
    l10n.t('state'),
    l10n.t('verdict'),
    l10n.t('started'),
    l10n.t('notes'),
    '',
  ];
}

function Filter({ view, change }: Pick<RunsPageProps, 'view' | 'change'>): VNode {
  return (
    <form
      class="controls"
      onSubmit={event => {
        event.preventDefault();
      }}
    >
      <input
        type="search"
        value={view.filter}
        placeholder={l10n.t('Filter by name, task or note')}
        aria-label={l10n.t('Filter')}
        onInput={({ currentTarget }: TargetedEvent<HTMLInputElement>) => {
          change({ filter: currentTarget.value });
        }}
      />
      <select
        value={view.state}
        aria-label={l10n.t('state')}
        onChange={({ currentTarget }: TargetedEvent<HTMLSelectElement>) => {
          change({ state: STATES.find(each => each === currentTarget.value) ?? '' });
        }}
      >
        <option value="">{l10n.t('all')}</option>
        {STATES.map(state => (
          <option key={state} value={state}>
            {runStateName(state)}
          </option>
        ))}
      </select>
    </form>
  );
}

function Comparison({
  runs,
  chosen,
}: {
  readonly runs: readonly ListedRun[];
  readonly chosen: readonly string[];
}): VNode | null {
  const [a, b] = chosen.flatMap(folder => runs.find(run => run.folder === folder) ?? []);
  if (a && b) return <>{markupViews(runComparison(a, b))}</>;
  return runs.length > 1 ? <p class="facts">{l10n.t('Select two runs to compare.')}</p> : null;
}

/** Two at most: with a third, the one that was chosen first is left. */
function chosenWith(
  folder: string,
  isChosen: boolean,
  { chosen }: RunsPageState,
  runs: readonly ListedRun[],
): string[] {
  const others = chosen.filter(each => each !== folder && runs.some(run => run.folder === each));
  return isChosen ? [...others, folder].slice(-2) : others;
}

function isShown(
  { name = '', task, notes = '', id, state }: ListedRun,
  { filter, state: ofState }: RunsPageState,
): boolean {
  const sought = filter.trim().toLowerCase();
  return (
    (ofState === '' || ofState === state) &&
    [name, task, notes, id].some(text => text.toLowerCase().includes(sought))
  );
}
