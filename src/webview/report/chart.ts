import type { ArmReport, PilotReport } from '../../training/pilot/report';
import type { Values } from './csv';
import type { FileLegend } from './file-legend';
import { el, type Markup } from './markup';
import type { Scale } from './scale';

/** Of the drawing inside its margins, in units that the page scales. */
export const WIDTH = 720;
export const LEFT = 88;
export const RIGHT = 16;
export const TOP = 12;
export const BOTTOM = 44;

/** A chart: a drawing, and the same values as a table for those who do not see it. */
export interface Chart {
  readonly id: string;
  readonly title: string;
  readonly drawing: Markup;
  readonly table: Markup;
  /** The values in full. */
  readonly values: Values;
}

/** The arms to show; end-to-end is single-task training under another name. */
export function shownArms({ arms }: PilotReport): readonly ArmReport[] {
  return arms.filter(({ id }) => id !== 'end-to-end');
}

/**
 * Of the element of a drawing: its size, and what it is called for those who do not see it. A legend that is for files
 * alone, as pages have their own, stands below what is seen.
 */
export function svgAttributes(
  height: number,
  title: string,
  legend?: FileLegend,
): Record<string, string | number | undefined> {
  return {
    viewBox: `0 0 ${WIDTH} ${height}`,
    role: 'img',
    'aria-label': title,
    xmlns: 'http://www.w3.org/2000/svg',
    'data-legend': legend?.height,
  };
}

/** Both axes with their ticks and grid, for a drawing of a height. */
export function axes(
  x: Scale,
  y: Scale,
  height: number,
  xText: (value: number) => string,
  yText: (value: number) => string,
): readonly Markup[] {
  const bottom = height - BOTTOM;
  return [
    ...y.ticks.flatMap(tick => [
      el('line', { class: 'grid', x1: LEFT, x2: WIDTH - RIGHT, y1: y.place(tick), y2: y.place(tick) }),
      el('text', { class: 'tick', x: LEFT - 8, y: y.place(tick) + 4, 'text-anchor': 'end' }, yText(tick)),
    ]),
    ...x.ticks.flatMap(tick => [
      el('line', { class: 'grid', x1: x.place(tick), x2: x.place(tick), y1: TOP, y2: bottom }),
      el('text', { class: 'tick', x: x.place(tick), y: bottom + 16, 'text-anchor': 'middle' }, xText(tick)),
    ]),
    el('line', { class: 'axis', x1: LEFT, x2: WIDTH - RIGHT, y1: bottom, y2: bottom }),
  ];
}

/** A place on the x axis that has a name. */
export function mark(x: number, height: number, text: string): Markup {
  const isRight = x > WIDTH / 2;
  return el(
    'g',
    { class: 'mark' },
    el('line', { x1: x, x2: x, y1: TOP, y2: height - BOTTOM }),
    el(
      'text',
      {
        class: 'tick',
        x: isRight ? x - 4 : x + 4,
        y: height - BOTTOM - 6,
        'text-anchor': isRight ? 'end' : 'start',
      },
      text,
    ),
  );
}

/** A table whose first column names its rows. */
export function tableOf(header: readonly string[], rows: readonly (readonly string[])[]): Markup {
  return el(
    'table',
    {},
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        header.map(text => el('th', { scope: 'col' }, text)),
      ),
    ),
    el(
      'tbody',
      {},
      rows.map(([first = '', ...rest]) =>
        el(
          'tr',
          {},
          el('th', { scope: 'row' }, first),
          rest.map(text => el('td', {}, text)),
        ),
      ),
    ),
  );
}
