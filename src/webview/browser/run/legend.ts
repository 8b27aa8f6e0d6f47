import * as l10n from '@vscode/l10n';
import { armName } from '../../live/texts';
import { colorOf, dashOf } from '../../report/colors';
import { el } from '../../report/markup';
import { make, toDom } from '../shared/dom';

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
