/** The sizes that are tried, in order: those of at most three significant digits. */
export interface SizeScale {
  readonly at: (index: number) => number;
  readonly last: number;
}

const STEPS_PER_DECADE = 900;
/** Five steps to a decade: turning points of the rules on one size lie further apart. */
const COARSE_STEP = 180;

/** From 1 to a million million, in whole numbers: beyond it lies nothing anyone has. */
const WHOLE: SizeScale = {
  at: index => (index < 999 ? index + 1 : threeDigits(index - 999, 1)),
  last: 999 + 9 * STEPS_PER_DECADE,
};

/** From a hundredth to a million million. */
const FRACTIONS: SizeScale = { at: index => threeDigits(index, -4), last: 14 * STEPS_PER_DECADE };

/** `fractions`: hours come in parts, examples do not. */
export function sizeScale(fractions: boolean): SizeScale {
  return fractions ? FRACTIONS : WHOLE;
}

function threeDigits(step: number, exponent: number): number {
  return Number(`${100 + (step % STEPS_PER_DECADE)}e${exponent + Math.floor(step / STEPS_PER_DECADE)}`);
}

/** The size nearest to `value` in one direction at which `at` gives something else, and what it gives. */
export function nearestChange<T>(
  { at: sizeAt, last }: SizeScale,
  value: number,
  direction: 1 | -1,
  at: (size: number) => T,
): { readonly value: number; readonly to: T } | undefined {
  const current = at(value);
  const beyond = (index: number): boolean =>
    direction === 1 ? sizeAt(index) > value : sizeAt(index) >= value;
  const above = firstIndex(last + 1, beyond);
  const start = direction === 1 ? above : above - 1;
  if (start < 0 || start > last) return undefined;
  let inside = start - direction;
  for (let index = start; ; index += direction * COARSE_STEP) {
    const probe = Math.min(Math.max(index, 0), last);
    if (at(sizeAt(probe)) !== current) {
      const edge = bisect(inside, probe, i => at(sizeAt(i)) !== current);
      return { value: sizeAt(edge), to: at(sizeAt(edge)) };
    }
    if (probe !== index) return undefined;
    inside = probe;
  }
}

/** The first index at which `holds`, which holds from some index on; `end` where it never does. */
function firstIndex(end: number, holds: (index: number) => boolean): number {
  return bisect(-1, end, index => index === end || holds(index));
}

/** The first index from `inside` towards `outside` at which `changed` holds; it holds at `outside`. */
function bisect(inside: number, outside: number, changed: (index: number) => boolean): number {
  let same = inside;
  let other = outside;
  while (Math.abs(other - same) > 1) {
    const middle = Math.trunc((same + other) / 2);
    if (changed(middle)) other = middle;
    else same = middle;
  }
  return other;
}
