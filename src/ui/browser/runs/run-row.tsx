import * as l10n from '@vscode/l10n';
import type { TargetedKeyboardEvent, VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { differenceText } from '../../../messages/metric-text';
import { shortVerdict } from '../../../experiments/report/run-summary-text';
import { runName } from '../../runs/run-comparison';
import { runStateName } from '../../../messages/run-titles';
import type { ListedRun } from '../../runs/runs-page-messages';
import { colorOf } from '../../strategy-colors';

/** What can be done to a run, by its folder. */
export interface RunActions {
  readonly open: (folder: string) => void;
  readonly rename: (folder: string, name: string) => void;
  readonly note: (folder: string, notes: string) => void;
  readonly remove: (folder: string) => void;
}

export interface RunRowProps {
  readonly run: ListedRun;
  readonly isChosen: boolean;
  readonly choose: (isChosen: boolean) => void;
  readonly actions: RunActions;
}

/** A run in the list: chosen for comparison, opened, named, noted, deleted. */
export function RunRow({ run, isChosen, choose, actions }: RunRowProps): VNode {
  const { folder, state, task, started, notes = '', report } = run;
  const [edited, setEdited] = useState<'name' | 'notes'>();
  const title = runName(run);
  const isRunning = state === 'running';
  const done = (save: (text: string) => void) => (text: string | undefined) => {
    setEdited(undefined);
    if (text !== undefined) save(text);
  };
  return (
    <tr data-folder={folder}>
      <td>
        <input
          type="checkbox"
          checked={isChosen}
          aria-label={l10n.t('Compare {0}', title)}
          onChange={({ currentTarget }) => {
            choose(currentTarget.checked);
          }}
        />
      </td>
      <th scope="row">
        {edited === 'name' ? (
          <TextField
            value={run.name ?? ''}
            label={l10n.t('Run name')}
            maxLength={200}
            done={done(name => {
              actions.rename(folder, name);
            })}
          />
        ) : (
          <>
            <button
              type="button"
              class="link"
              onClick={() => {
                actions.open(folder);
              }}
            >
              {title}
            </button>
            <button
              type="button"
              class="icon"
              title={l10n.t('Rename {0}', title)}
              aria-label={l10n.t('Rename {0}', title)}
              onClick={() => {
                setEdited('name');
              }}
            >
              ✎
            </button>
          </>
        )}
      </th>
      <td>{task}</td>
      <td>{runStateName(state)}</td>
      <VerdictCell report={report} />
      <td>{started.slice(0, 16).replace('T', ' ')}</td>
      <td class="notes">
        {edited === 'notes' ? (
          <TextField
            value={notes}
            label={l10n.t('Notes on {0}', title)}
            maxLength={10_000}
            done={done(text => {
              actions.note(folder, text);
            })}
          />
        ) : (
          <button
            type="button"
            class={notes === '' ? 'link faint' : 'link'}
            onClick={() => {
              setEdited('notes');
            }}
          >
            {notes === '' ? l10n.t('Add a note') : notes}
          </button>
        )}
      </td>
      <td>
        <button
          type="button"
          class="plain"
          disabled={isRunning}
          title={isRunning ? l10n.t('Stop the run first.') : l10n.t('Delete {0}', title)}
          onClick={() => {
            actions.remove(folder);
          }}
        >
          {l10n.t('Delete')}
        </button>
      </td>
    </tr>
  );
}

function VerdictCell({ report }: { readonly report: ListedRun['report'] }): VNode {
  const { verdict, metric } = report ?? {};
  if (!verdict || !metric) return <td>–</td>;
  const { recommendation, arm, difference, outcome } = verdict;
  const isGain = outcome === 'better' && arm !== 'single-task';
  return (
    <td>
      {recommendation === undefined ? (
        ''
      ) : (
        <span class="swatch" style={{ background: colorOf(recommendation) }} />
      )}
      {shortVerdict(verdict)}
      {isGain ? ` ${differenceText(metric.name, difference)}` : ''}
    </td>
  );
}

interface TextFieldProps {
  readonly value: string;
  readonly label: string;
  readonly maxLength: number;
  /** Told the text, or nothing where it is to stay as it was. */
  readonly done: (text: string | undefined) => void;
}

/** A field that ends with Enter, or with Escape and nothing. What is typed stays, whatever the list becomes meanwhile. */
function TextField({ value, label, maxLength, done }: TextFieldProps): VNode {
  const field = useRef<HTMLInputElement>(null);
  const first = useRef(value);
  const isDone = useRef(false);
  const end = (text: string | undefined): void => {
    if (isDone.current) return;
    isDone.current = true;
    done(text);
  };
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  return (
    <input
      type="text"
      ref={field}
      defaultValue={first.current}
      maxLength={maxLength}
      aria-label={label}
      onKeyDown={(event: TargetedKeyboardEvent<HTMLInputElement>) => {
        if (event.key === 'Enter' && !event.isComposing) end(event.currentTarget.value);
        else if (event.key === 'Escape') end(undefined);
      }}
      onBlur={({ currentTarget }) => {
        end(currentTarget.value === first.current ? undefined : currentTarget.value);
      }}
    />
  );
}
