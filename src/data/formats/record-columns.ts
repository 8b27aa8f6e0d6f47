import { isRecord } from '../../common/validation';
import { entryOf } from '../../common/named-entries';

/** A row of named values, or of values in the order of the columns. */
export type RecordRow = Readonly<Record<string, unknown>> | readonly unknown[];

/** Deeper objects, and more columns than this, stay cells. */
const MAX_LEVELS = 4;
const MAX_COLUMNS = 2000;

/** The columns of records: their keys in order of appearance, and for an object in one, its keys behind a dot. */
export function recordColumns(rows: readonly RecordRow[]): string[] {
  const names = new Set<string>();
  const nested = new Set<string>();
  const add = (value: unknown, name: string, level: number): void => {
    if (names.size >= MAX_COLUMNS) return;
    if (!isRecord(value) || level > MAX_LEVELS || Object.keys(value).length === 0) {
      names.add(name);
      return;
    }
    nested.add(name);
    for (const [key, each] of Object.entries(value)) add(each, `${name}.${key}`, level + 1);
  };
  for (const row of rows)
    if (isArrayRow(row)) row.forEach((_, i) => names.add(`column_${i}`));
    else for (const [key, value] of Object.entries(row)) add(value, key, 1);
  // An object that is missing in some rows is `null` there.
  return [...names].filter(name => !nested.has(name));
}

/** The value of a column in a row, `undefined` where the row has none. @param place of the column among all */
export function recordCell(row: RecordRow | undefined, name: string, place: number): unknown {
  if (row === undefined) return undefined;
  if (isArrayRow(row)) return row[place];
  let value: unknown = row;
  let rest = name;
  while (isRecord(value)) {
    if (Object.hasOwn(value, rest)) return entryOf(value, rest);
    // A key may have dots itself: the shortest that the object has leads on.
    let dot = rest.indexOf('.');
    while (dot >= 0 && !Object.hasOwn(value, rest.slice(0, dot))) dot = rest.indexOf('.', dot + 1);
    if (dot < 0) return undefined;
    value = entryOf(value, rest.slice(0, dot));
    rest = rest.slice(dot + 1);
  }
  return undefined;
}

function isArrayRow(row: RecordRow): row is readonly unknown[] {
  return Array.isArray(row);
}

/** Nested deeper, a record is no data, and whoever goes into it runs out of stack. */
export const MAX_DEPTH = 100;

/** Whether a value of a JSON text is a record that can be gone into. */
export function isRecordRow(value: unknown): value is RecordRow {
  return typeof value === 'object' && value !== null && isShallow(value, MAX_DEPTH);
}

function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every(each => isShallow(each, depth - 1));
}
