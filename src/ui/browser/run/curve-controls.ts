import * as l10n from '@vscode/l10n';
import { formatCount } from '../../../messages/quantities';
import { el } from '../../markup';
import type { RunView } from '../../page-protocol';
import { armName } from '../../runs/run-text';
import { colorOf, dashOf } from '../../strategy-colors';
import { make, toDom } from '../shared/dom';

export interface Controls {
  readonly element: HTMLElement;
  readonly show: (view: RunView, sizes: readonly number[]) => void;
}

/** How the curves are drawn, for the user to say. */
export function createControls(change: (part: Partial<RunView>) => void): Controls {
  const element = make('form', { className: 'controls' });
  element.setAttribute('aria-label', l10n.t('How curves are drawn'));
  element.addEventListener('submit', event => {
    event.preventDefault();
  });
  const select = (label: string, options: readonly (readonly [string, string])[]): HTMLSelectElement => {
    const box = make('select', {}, ...options.map(([value, text]) => make('option', { value }, text)));
    element.append(make('label', {}, `${label} `, box));
    return box;
  };
  const by = select(l10n.t('Show'), [
    ['mean', l10n.t('mean over seeds')],
    ['trial', l10n.t('each trial')],
  ]);
  const size = select(l10n.t('Training examples'), []);
  const axis = select(l10n.t('Against'), [
    ['epoch', l10n.t('epoch')],
    ['step', l10n.t('step')],
    ['seconds', l10n.t('seconds')],
  ]);
  const smoothing = make('input', { type: 'range', min: '0', max: '0.95', step: '0.05' });
  element.append(make('label', {}, `${l10n.t('Smoothing')} `, smoothing));
  const logarithmic = make('input', { type: 'checkbox' });
  element.append(make('label', {}, logarithmic, ` ${l10n.t('Logarithmic loss')}`));

  by.addEventListener('change', () => {
    change({ by: by.value === 'trial' ? 'trial' : 'mean' });
  });
  size.addEventListener('change', () => {
    const { value } = size;
    change({ size: value === 'latest' || value === 'all' ? value : Number(value) });
  });
  axis.addEventListener('change', () => {
    const { value } = axis;
    change({ axis: value === 'step' || value === 'seconds' ? value : 'epoch' });
  });
  smoothing.addEventListener('input', () => {
    change({ smoothing: Number(smoothing.value) });
  });
  logarithmic.addEventListener('change', () => {
    change({ logarithmic: logarithmic.checked });
  });
  let listed = '';
  return {
    element,
    show(view, sizes) {
      if (sizes.join() !== listed) {
        listed = sizes.join();
        size.replaceChildren(
          make('option', { value: 'latest' }, l10n.t('largest so far')),
          make('option', { value: 'all' }, l10n.t('all')),
          ...sizes.map(n => make('option', { value: String(n) }, formatCount(n))),
        );
      }
      by.value = view.by;
      size.value = String(view.size);
      axis.value = view.axis;
      smoothing.value = String(view.smoothing);
      smoothing.title = view.smoothing.toFixed(2);
      logarithmic.checked = view.logarithmic;
    },
  };
}

export interface LegendEntry {
  readonly arm: string;
  readonly strategy: string;
  readonly variant?: string | undefined;
}

export interface Legend {
  readonly element: HTMLElement;
  readonly show: (entries: readonly LegendEntry[], hidden: readonly string[]) => void;
}

/** What colour each arm has, grouped by strategy; each entry shows or hides its curves. */
export function createLegend(toggle: (arm: string) => void): Legend {
  const element = make('ul', { className: 'legend' });
  element.setAttribute('aria-label', l10n.t('strategies'));
  const buttons = new Map<string, HTMLButtonElement>();
  return {
    element,
    show(entries, hidden) {
      const sorted = [...entries].sort((a, b) => rank(a) - rank(b));
      if (sorted.map(({ arm }) => arm).join() !== [...buttons.keys()].join()) {
        buttons.clear();
        for (const entry of sorted) buttons.set(entry.arm, entryButton(entry, toggle));
        element.replaceChildren(...[...buttons.values()].map(button => make('li', {}, button)));
      }
      for (const [arm, button] of buttons) button.setAttribute('aria-pressed', String(!hidden.includes(arm)));
    },
  };
}

const ORDER = ['single-task', 'end-to-end', 'transfer', 'multitask', 'pipeline'];

function rank({ arm, strategy }: LegendEntry): number {
  return ORDER.indexOf(strategy) + (arm === 'pretrain' ? 0.5 : 0);
}

function entryButton(
  { arm, strategy, variant }: LegendEntry,
  toggle: (arm: string) => void,
): HTMLButtonElement {
  const line = el(
    'svg',
    { viewBox: '0 0 28 10', width: 28, height: 10, 'aria-hidden': 'true' },
    el('line', {
      ...{ x1: 0, x2: 28, y1: 5, y2: 5, 'stroke-width': 2.5 },
      stroke: colorOf(strategy),
      'stroke-dasharray': dashOf(variant),
    }),
  );
  const button = make('button', { type: 'button', title: l10n.t('Show or hide') }, toDom(line), armName(arm));
  button.addEventListener('click', () => {
    toggle(arm);
  });
  return button;
}
