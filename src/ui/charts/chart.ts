import { type CsvCell, csvRow } from '../../common/csv';
import type { ArmReport, PilotReport } from '../../protocol/pilot-report';
import { type Markup, el } from '../markup';
import { colorOf, dashOf } from '../strategy-colors';
import type { Scale } from './axis-scale';

/** The values of a chart, in full, for other programs. */
export interface ChartValues {
  readonly header: readonly string[];
  readonly rows: readonly (readonly CsvCell[])[];
}

/** Values as CSV (RFC 4180). What is no number stays empty. */
export function toCsv({ header, rows }: ChartValues): string {
  return [header, ...rows].map(row => `${csvRow(row)}\r\n`).join('');
}

/** Of the drawing inside its margins, in units that the page scales. */
export const CHART_WIDTH = 720;
export const MARGIN_LEFT = 88;
export const MARGIN_RIGHT = 16;
export const MARGIN_TOP = 12;
export const MARGIN_BOTTOM = 44;

/** A chart: a drawing, and the same values as a table for those who do not see it. */
export interface Chart {
  readonly id: string;
  readonly title: string;
  readonly drawing: Markup;
  readonly table: Markup;
  /** The values in full. */
  readonly values: ChartValues;
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
  legend?: ExportLegend,
): Record<string, string | number | undefined> {
  return {
    viewBox: `0 0 ${CHART_WIDTH} ${height}`,
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
  const bottom = height - MARGIN_BOTTOM;
  return [
    ...y.ticks.flatMap(tick => [
      el('line', {
        class: 'grid',
        x1: MARGIN_LEFT,
        x2: CHART_WIDTH - MARGIN_RIGHT,
        y1: y.place(tick),
        y2: y.place(tick),
      }),
      el(
        'text',
        { class: 'tick', x: MARGIN_LEFT - 8, y: y.place(tick) + 4, 'text-anchor': 'end' },
        yText(tick),
      ),
    ]),
    ...x.ticks.flatMap(tick => [
      el('line', { class: 'grid', x1: x.place(tick), x2: x.place(tick), y1: MARGIN_TOP, y2: bottom }),
      el('text', { class: 'tick', x: x.place(tick), y: bottom + 16, 'text-anchor': 'middle' }, xText(tick)),
    ]),
    el('line', { class: 'axis', x1: MARGIN_LEFT, x2: CHART_WIDTH - MARGIN_RIGHT, y1: bottom, y2: bottom }),
  ];
}

/** A place on the x axis that has a name. */
export function axisMark(x: number, height: number, text: string): Markup {
  const isRight = x > CHART_WIDTH / 2;
  return el(
    'g',
    { class: 'mark' },
    el('line', { x1: x, x2: x, y1: MARGIN_TOP, y2: height - MARGIN_BOTTOM }),
    el(
      'text',
      {
        class: 'tick',
        x: isRight ? x - 4 : x + 4,
        y: height - MARGIN_BOTTOM - 6,
        'text-anchor': isRight ? 'end' : 'start',
      },
      text,
    ),
  );
}

/** A level on the y axis that has a name, which stands at its right end. */
export function levelMark(y: number, text: string): Markup {
  const end = CHART_WIDTH - MARGIN_RIGHT;
  return el(
    'g',
    { class: 'mark' },
    el('line', { x1: MARGIN_LEFT, x2: end, y1: y, y2: y }),
    el('text', { class: 'tick', x: end - 4, y: y - 4, 'text-anchor': 'end' }, text),
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

/** What the lines of a drawing are, below it. */
interface ExportLegend {
  readonly markup: Markup;
  readonly height: number;
}

export interface LegendLine {
  readonly name: string;
  readonly strategy: string;
  readonly variant?: string;
}

const [ROW, LINE, LETTER, GAP] = [20, 28, 7.2, 16];

/** `top`: the height of the drawing that it belongs to. */
export function exportLegend(lines: readonly LegendLine[], top: number): ExportLegend {
  let [x, y] = [MARGIN_LEFT, top + 14];
  const entries = lines.map(({ name, strategy, variant }) => {
    const width = LINE + 6 + LETTER * name.length + GAP;
    if (x > MARGIN_LEFT && x + width > CHART_WIDTH - MARGIN_RIGHT) [x, y] = [MARGIN_LEFT, y + ROW];
    const at = x;
    x += width;
    return el(
      'g',
      {},
      el('line', {
        ...{ x1: at, x2: at + LINE, y1: y, y2: y, 'stroke-width': 2.5 },
        stroke: colorOf(strategy),
        'stroke-dasharray': dashOf(variant),
      }),
      el('text', { class: 'label', x: at + LINE + 6, y: y + 4 }, name),
    );
  });
  return { markup: el('g', { class: 'file-legend' }, entries), height: y + 12 - top };
}
