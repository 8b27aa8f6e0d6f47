import { type Markup, el } from '../markup';
import { colorOf } from '../strategy-colors';
import { linearScale } from './axis-scale';
import { CHART_WIDTH, MARGIN_BOTTOM, MARGIN_RIGHT, MARGIN_TOP, svgAttributes } from './chart';

/** A figure with its interval, of something that has a name and a strategy's colour. */
export interface ForestPlotRow {
  readonly name: string;
  readonly strategy: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What the rows below it belong to. */
export interface ForestPlotHeading {
  readonly heading: string;
}

export interface ForestPlot {
  readonly title: string;
  readonly rows: readonly (ForestPlotRow | ForestPlotHeading)[];
  /** Figures are points on an axis, or bars from zero. */
  readonly mark: 'point' | 'bar';
  readonly range: readonly [number, number];
  /** Within so much of zero nothing is made of a difference. */
  readonly margin?: number;
  readonly axis: string;
  readonly tick: (value: number) => string;
}

const STEP = 30;

/** Letters of a name that are shown; a name in full is in the drawing's tip and in the table. */
const LETTERS = 24;

/** Room for one letter, in the size that texts have in narrow pages. */
const LETTER = 10.5;

/** Rows of figures on one axis, one below the other. */
export function forestPlot({ title, rows, mark, range, margin, axis, tick }: ForestPlot): Markup {
  const names = rows.map(row => cut('heading' in row ? '' : row.name));
  const left = 16 + LETTER * Math.max(6, ...names.map(widthOf));
  const height = MARGIN_TOP + rows.length * STEP + MARGIN_BOTTOM;
  const bottom = height - MARGIN_BOTTOM;
  const x = linearScale(range, [left, CHART_WIDTH - MARGIN_RIGHT]);
  const place = (value: number): number => x.place(Math.min(range[1], Math.max(range[0], value)));
  return el(
    'svg',
    svgAttributes(height, title),
    margin === undefined
      ? undefined
      : el('rect', {
          class: 'margin',
          x: place(-margin),
          y: MARGIN_TOP,
          width: place(margin) - place(-margin),
          height: rows.length * STEP,
        }),
    x.ticks.map(at => [
      el('line', { class: 'grid', x1: x.place(at), x2: x.place(at), y1: MARGIN_TOP, y2: bottom }),
      el(
        'text',
        { class: 'tick', x: x.place(at), y: bottom + 16, 'text-anchor': 'middle' },
        tick(at).replace('-', '−'),
      ),
    ]),
    el('line', { class: 'axis', x1: place(0), x2: place(0), y1: MARGIN_TOP, y2: bottom }),
    el(
      'text',
      { class: 'label', x: (left + CHART_WIDTH - MARGIN_RIGHT) / 2, y: height - 6, 'text-anchor': 'middle' },
      axis,
    ),
    rows.map((row, i) => {
      const middle = MARGIN_TOP + (i + 0.5) * STEP;
      if ('heading' in row) return el('text', { class: 'label heading', x: 0, y: middle + 8 }, row.heading);
      const { name, strategy, value, low, high } = row;
      const color = colorOf(strategy);
      return el(
        'g',
        { stroke: color, fill: color },
        el('title', {}, name),
        el('text', { class: 'label name', x: left - 10, y: middle + 4, 'text-anchor': 'end' }, names[i]),
        mark === 'bar'
          ? el('rect', {
              x: Math.min(place(0), place(value)),
              y: middle - 8,
              width: Math.max(1, Math.abs(place(value) - place(0))),
              height: 16,
              opacity: 0.75,
            })
          : undefined,
        low < high
          ? el('line', {
              class: mark === 'bar' ? 'whisker' : undefined,
              ...{ x1: place(low), x2: place(high), y1: middle, y2: middle },
              'stroke-width': mark === 'bar' ? 1.5 : 2,
            })
          : undefined,
        mark === 'point' ? el('circle', { cx: place(value), cy: middle, r: 5 }) : undefined,
      );
    }),
  );
}

function cut(name: string): string {
  const letters = Array.from(name);
  return letters.length > LETTERS ? `${letters.slice(0, LETTERS - 1).join('')}…` : name;
}

/** In letters of Latin; those of Chinese, Japanese and Korean are twice as wide. */
function widthOf(text: string): number {
  return Array.from(text).reduce(
    (sum, letter) => sum + ((letter.codePointAt(0) ?? 0) >= 0x1100 ? 1.8 : 1),
    0,
  );
}
