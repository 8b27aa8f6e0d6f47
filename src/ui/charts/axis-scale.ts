/** From values to places on an axis, with the ticks to draw. */
export interface Scale {
  readonly place: (value: number) => number;
  readonly ticks: readonly number[];
}

/** A logarithmic axis over sizes: ticks at 1, 2 and 5 times powers of ten, thinned where they would crowd. */
export function logScale(
  [least, most]: readonly [number, number],
  [from, to]: readonly [number, number],
): Scale {
  const [low, high] = [Math.log(Math.max(1, least)), Math.log(Math.max(2, most))];
  const span = high - low || 1;
  const place = (value: number): number => from + ((Math.log(Math.max(1, value)) - low) / span) * (to - from);
  const all: number[] = [];
  for (let power = 0; 10 ** power <= most && power < 16; power++)
    for (const digit of [1, 2, 5]) {
      const tick = digit * 10 ** power;
      if (tick >= least && tick <= most) all.push(tick);
    }
  const decades = all.filter(tick => Number.isInteger(Math.log10(tick)));
  return { place, ticks: all.length > 7 && decades.length > 1 ? decades : all };
}

/** A linear axis: about five ticks at round values, inside the range. */
export function linearScale(
  [least, most]: readonly [number, number],
  [from, to]: readonly [number, number],
): Scale {
  const span = most - least || 1;
  const place = (value: number): number => from + ((value - least) / span) * (to - from);
  const rough = span / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find(each => each * power >= rough) ?? 10) * power;
  const first = Math.ceil(least / step - 1e-9);
  const last = Math.floor(most / step + 1e-9);
  return {
    place,
    ticks: Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12))),
  };
}

/** A logarithmic axis over positive values of any size: ticks at powers of ten, or at 1, 2 and 5 times them. */
export function decadeScale(
  [least, most]: readonly [number, number],
  [from, to]: readonly [number, number],
): Scale {
  const [low, high] = [Math.log10(least), Math.log10(most)];
  const span = high - low || 1;
  const powers = Array.from(
    { length: Math.floor(high) - Math.floor(low) + 1 },
    (_, i) => Math.floor(low) + i,
  );
  const digits = span > 3 ? [1] : [1, 2, 5];
  return {
    place: value => from + ((Math.log10(value) - low) / span) * (to - from),
    ticks: powers
      .flatMap(power => digits.map(digit => Number(`${digit}e${power}`)))
      .filter(tick => tick >= least && tick <= most),
  };
}

/** The range of values, a little wider than they are; of values that are no numbers nothing is drawn. */
export function rangeOf(values: readonly number[], padding = 0.06): readonly [number, number] {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return [0, 1];
  const [least, most] = [Math.min(...finite), Math.max(...finite)];
  const more = (most - least || Math.abs(most) || 1) * padding;
  return [least - more, most + more];
}
