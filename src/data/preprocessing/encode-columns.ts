import { crc32 } from 'node:zlib';
import type { ExampleRow } from '../dataset/example-rows';
import { amountValue } from './amounts';
import { type Moment, partOfYear, readDate, weekday } from './dates';
import { type ColumnPreprocessing, columnWidth } from './preprocessing';

type Cell = Pick<ExampleRow, 'block' | 'row' | 'place'>;
type Numbers = Float32Array | Int32Array;
type ColumnOf<Kind extends ColumnPreprocessing['kind']> = Extract<ColumnPreprocessing, { kind: Kind }>;
type WriteColumn = (row: Cell, output: Numbers, at: number) => void;

/** Writes the columns of a row one after the other. */
export function columnsEncoder(columns: readonly ColumnPreprocessing[]): WriteColumn {
  const writers = columns.map(column => ({ write: columnWriter(column), width: columnWidth(column) }));
  return (row, output, offset) => {
    let at = offset;
    for (const { write, width } of writers) {
      write(row, output, at);
      at += width;
    }
  };
}

function columnWriter(column: ColumnPreprocessing): WriteColumn {
  switch (column.kind) {
    case 'numeric':
      return numberWriter(column);
    case 'date':
      return dateWriter(column);
    case 'hashed':
    case 'categorical':
      return categoryWriter(column);
  }
}

function textOf({ block, row, place }: Cell, name: string): string | undefined {
  const at = place(name);
  return at === undefined ? undefined : block.text(row, at);
}

function numberWriter({ name, mean, deviation, flagsMissing, amount }: ColumnOf<'numeric'>): WriteColumn {
  return (cell, output, at) => {
    const where = cell.place(name);
    let value = where === undefined ? NaN : cell.block.number(cell.row, where);
    if (amount && !Number.isFinite(value)) value = amountValue(textOf(cell, name) ?? '', amount);
    const isThere = Number.isFinite(value);
    output[at] = isThere ? (value - mean) / deviation : 0;
    if (flagsMissing) output[at + 1] = isThere ? 0 : 1;
  };
}

function dateWriter(column: ColumnOf<'date'>): WriteColumn {
  const { name, format, mean, deviation, flagsMissing, parts } = column;
  const width = columnWidth(column);
  return (cell, output, offset) => {
    output.fill(0, offset, offset + width);
    const text = textOf(cell, name);
    const moment = text === undefined ? undefined : readDate(text, format);
    if (!moment) {
      if (flagsMissing) output[offset + 1] = 1;
      return;
    }
    output[offset] = (moment.day + moment.time - mean) / deviation;
    const values = parts.flatMap(part => PARTS[part](moment));
    output.set(values, offset + (flagsMissing ? 2 : 1));
  };
}

const PARTS = {
  year: (moment: Moment) => onCircle(partOfYear(moment)),
  week: ({ day }: Moment) => Array.from({ length: 7 }, (_, of) => Number(weekday(day) === of)),
  day: ({ time }: Moment) => onCircle(time),
} as const;

function onCircle(part: number): number[] {
  return [Math.sin(2 * Math.PI * part), Math.cos(2 * Math.PI * part)];
}

function categoryWriter(column: ColumnOf<'categorical'> | ColumnOf<'hashed'>): WriteColumn {
  const places = new Map(column.categories.map((name, i) => [name, i]));
  const width = columnWidth(column);
  const buckets = column.kind === 'hashed' ? column.buckets : 0;
  return (cell, output, at) => {
    output.fill(0, at, at + width);
    const text = textOf(cell, column.name);
    if (text === undefined) return;
    const place = places.get(text) ?? (buckets > 0 ? places.size + (crc32(text) % buckets) : undefined);
    if (place !== undefined) output[at + place] = 1;
  };
}
