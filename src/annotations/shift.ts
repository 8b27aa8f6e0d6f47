import type { Placed } from './parser/scan';
import type { TextRange } from './text';

/** The same annotation, `delta` lines further down. */
export function shiftLines(placed: Placed, delta: number): Placed {
  const down = ({ start, end }: TextRange): TextRange => ({
    start: { line: start.line + delta, column: start.column },
    end: { line: end.line + delta, column: end.column },
  });
  return {
    annotation: mapRanges(placed.annotation, down),
    first: placed.first + delta,
    last: placed.last + delta,
  };
}

/** Replaces every range inside a value. Only ranges have a `start` and an `end` that are objects. */
export function mapRanges<T>(value: T, map: (range: TextRange) => TextRange): T {
  if (Array.isArray(value)) return value.map((element: unknown) => mapRanges(element, map)) as T;
  if (typeof value !== 'object' || value === null) return value;
  if (isRange(value)) return map(value) as T;
  // By hand: an edit that moves lines copies every annotation below it.
  const copy: Record<string, unknown> = {};
  for (const [key, element] of Object.entries(value)) copy[key] = mapRanges(element as unknown, map);
  return copy as T;
}

function isRange(value: object): value is TextRange {
  return (
    'start' in value && 'end' in value && typeof value.start === 'object' && typeof value.end === 'object'
  );
}
