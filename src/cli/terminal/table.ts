import stringWidth from 'string-width';
import { wrap } from './wrap';

const GAP = '  ';
const NARROWEST_COLUMN = 12;

/** How wide each column is, so that all rows fit `width`: the widest gives way first. */
export function columnWidths(rows: readonly (readonly string[])[], width: number): number[] {
  const count = Math.max(0, ...rows.map(row => row.length));
  const widths = Array.from({ length: count }, (_, i) =>
    Math.max(...rows.map(row => stringWidth(row[i] ?? ''))),
  );
  const gaps = GAP.length * (count - 1);
  for (let excess = sum(widths) + gaps - width; excess > 0; excess = sum(widths) + gaps - width) {
    const widest = widths.indexOf(Math.max(...widths));
    const cells = widths[widest] ?? 0;
    if (cells <= NARROWEST_COLUMN) break;
    widths[widest] = Math.max(NARROWEST_COLUMN, cells - excess);
  }
  return widths;
}

/** One row in columns of these widths; cells that are too long continue on the next line. */
export function rowLines(
  row: readonly string[],
  widths: readonly number[],
  style: (cell: string, column: number) => string = cell => cell,
): string[] {
  const cells = widths.map((width, i) => wrap(row[i] ?? '', width));
  const height = Math.max(0, ...cells.map(lines => lines.length));
  return Array.from({ length: height }, (_, line) =>
    cells
      .map((lines, column) => {
        const cell = lines[line] ?? '';
        const padding = ' '.repeat(Math.max(0, (widths[column] ?? 0) - stringWidth(cell)));
        return cell === '' ? padding : style(cell, column) + padding;
      })
      .join(GAP)
      .trimEnd(),
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
