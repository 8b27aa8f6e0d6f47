import { LEFT, RIGHT, WIDTH } from './chart';
import { colorOf, dashOf } from './colors';
import { el, type Markup } from './markup';

/** What the lines of a drawing are, below it. */
export interface FileLegend {
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
export function fileLegend(lines: readonly LegendLine[], top: number): FileLegend {
  let [x, y] = [LEFT, top + 14];
  const entries = lines.map(({ name, strategy, variant }) => {
    const width = LINE + 6 + LETTER * name.length + GAP;
    if (x > LEFT && x + width > WIDTH - RIGHT) [x, y] = [LEFT, y + ROW];
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
