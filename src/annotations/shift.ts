import type { Placed } from './parser/scan';
import type { Position } from './text';

/** The same annotation, `delta` lines further down. */
export function shiftLines(placed: Placed, delta: number): Placed {
  return {
    annotation: shifted(placed.annotation, delta),
    first: placed.first + delta,
    last: placed.last + delta,
  };
}

/** Moves every position inside a value. Only positions have a `line` and a `column`. */
function shifted<T>(value: T, delta: number): T {
  if (Array.isArray(value)) return value.map((element: unknown) => shifted(element, delta)) as T;
  if (typeof value !== 'object' || value === null) return value;
  if (isPosition(value)) return { line: value.line + delta, column: value.column } as T;
  return Object.fromEntries(
    Object.entries(value).map(([key, element]) => [key, shifted(element as unknown, delta)]),
  ) as T;
}

function isPosition(value: object): value is Position {
  return (
    'line' in value && 'column' in value && typeof value.line === 'number' && typeof value.column === 'number'
  );
}
