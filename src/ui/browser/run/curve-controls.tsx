import * as l10n from '@vscode/l10n';
import type { TargetedEvent, VNode } from 'preact';
import { formatCount } from '../../../messages/quantities';
import type { RunView } from '../../runs/run-page-messages';
import { armName } from '../../runs/run-text';
import { colorOf, dashOf } from '../../strategy-colors';

export interface ControlsProps {
  readonly view: RunView;
  /** The sizes that there are, ascending. */
  readonly sizes: readonly number[];
  readonly isHidden: boolean;
  readonly change: (part: Partial<RunView>) => void;
}

/** How the curves are drawn, for the user to say. */
export function Controls({ view, sizes, isHidden, change }: ControlsProps): VNode {
  return (
    <form
      class="controls"
      aria-label={l10n.t('Curve options')}
      hidden={isHidden}
      onSubmit={event => {
        event.preventDefault();
      }}
    >
      <Select
        label={l10n.t('Show')}
        value={view.by}
        options={[
          ['mean', l10n.t('mean over seeds')],
          ['trial', l10n.t('each trial')],
        ]}
        choose={by => {
          change({ by });
        }}
      />
      <Select
        label={l10n.t('Training examples')}
        value={String(view.size)}
        options={[
          ['latest', l10n.t('largest')],
          ['all', l10n.t('all')],
          ...sizes.map(n => [String(n), formatCount(n)] as const),
        ]}
        choose={size => {
          change({ size: size === 'latest' || size === 'all' ? size : Number(size) });
        }}
      />
      <Select
        label={l10n.t('X axis')}
        value={view.axis}
        options={[
          ['epoch', l10n.t('epoch')],
          ['step', l10n.t('step')],
          ['seconds', l10n.t('seconds')],
        ]}
        choose={axis => {
          change({ axis });
        }}
      />
      <label>
        {l10n.t('Smoothing')}{' '}
        <input
          type="range"
          min="0"
          max="0.95"
          step="0.05"
          value={view.smoothing}
          title={view.smoothing.toFixed(2)}
          onInput={({ currentTarget }: TargetedEvent<HTMLInputElement>) => {
            change({ smoothing: Number(currentTarget.value) });
          }}
        />
      </label>
      <label>
        <input
          type="checkbox"
          checked={view.logarithmic}
          onChange={({ currentTarget }: TargetedEvent<HTMLInputElement>) => {
            change({ logarithmic: currentTarget.checked });
          }}
        />{' '}
        {l10n.t('Logarithmic loss axis')}
      </label>
    </form>
  );
}

interface SelectProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (readonly [value: Value, text: string])[];
  readonly choose: (value: Value) => void;
}

function Select<Value extends string>({ label, value, options, choose }: SelectProps<Value>): VNode {
  return (
    <label>
      {label}{' '}
      <select
        value={value}
        onChange={({ currentTarget }: TargetedEvent<HTMLSelectElement>) => {
          const chosen = options[currentTarget.selectedIndex];
          if (chosen) choose(chosen[0]);
        }}
      >
        {options.map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

export interface LegendEntry {
  readonly arm: string;
  readonly strategy: string;
  readonly variant?: string | undefined;
}

export interface LegendProps {
  readonly entries: readonly LegendEntry[];
  /** The arms whose curves are not shown. */
  readonly hiddenArms: readonly string[];
  readonly isHidden: boolean;
  readonly toggle: (arm: string) => void;
}

/** What colour each arm has, grouped by strategy; each entry shows or hides its curves. */
export function Legend({ entries, hiddenArms, isHidden, toggle }: LegendProps): VNode {
  const sorted = [...entries].sort((a, b) => rank(a) - rank(b));
  return (
    <ul class="legend" aria-label={l10n.t('strategies')} hidden={isHidden}>
      {sorted.map(({ arm, strategy, variant }) => (
        <li key={arm}>
          <button
            type="button"
            title={l10n.t('Show or hide')}
            aria-pressed={!hiddenArms.includes(arm)}
            onClick={() => {
              toggle(arm);
            }}
          >
            <svg viewBox="0 0 28 10" width={28} height={10} aria-hidden="true">
              <line
                x1={0}
                x2={28}
                y1={5}
                y2={5}
                stroke-width={2.5}
                stroke={colorOf(strategy)}
                stroke-dasharray={dashOf(variant)}
              />
            </svg>
            {armName(arm)}
          </button>
        </li>
      ))}
    </ul>
  );
}

const ORDER = ['single-task', 'end-to-end', 'transfer', 'multitask', 'pipeline', 'baseline'];

function rank({ arm, strategy }: LegendEntry): number {
  return ORDER.indexOf(strategy) + (arm === 'pretrain' ? 0.5 : 0);
}
