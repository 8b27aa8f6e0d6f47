import { mapQuantities, smoothed, type Axis, type ByQuantity, type Curve, type Quantity } from './curve';
import { COLUMN, WIDTH, type Points } from './points';
import type { Trial } from './trials';

/** The curves of one trial: of the candidate that was chosen, its phases one after another. */
export function trialCurves(trial: Trial, axis: Axis, smoothing: number): ByQuantity<Curve | undefined> {
  const { head, points, status } = trial;
  const { id, arm, strategy, variant, n, seed } = head;
  const common = {
    ...{ id, arm, strategy, seed, live: status === 'running' },
    ...(variant === undefined ? {} : { variant }),
    ...(n === undefined ? {} : { n }),
  };
  const places = placesOf(trial, axis);
  return mapQuantities(quantity => {
    const measured = measuredAt(points, places, quantity);
    return measured && { ...common, xs: measured.xs, ys: smoothed(measured.ys, smoothing) };
  });
}

/** A quantity where it was measured. One that left the numbers leaves a gap; one that was not measured leaves none. */
function measuredAt(
  { rows, length }: Points,
  places: Float64Array,
  quantity: Quantity,
): Pick<Curve, 'xs' | 'ys'> | undefined {
  const column = COLUMN[quantity];
  const ys = new Float64Array(length);
  let count = 0;
  for (let i = 0; i < length; i++) {
    const y = rows[i * WIDTH + column] ?? NaN;
    const isMissing = Number.isNaN(y) || Number.isNaN(places[i] ?? NaN);
    // Infinite stands for missing here, so that what left the numbers can be NaN.
    ys[i] = isMissing ? Infinity : Number.isFinite(y) ? y : NaN;
    if (!isMissing) count++;
  }
  if (count === 0) return undefined;
  if (count === length) return { xs: places, ys };
  const isMeasured = (_: number, i: number): boolean => ys[i] !== Infinity;
  return { xs: places.filter(isMeasured), ys: ys.filter(isMeasured) };
}

/** Where on the axis each point of a trial is; NaN for one that is not shown. */
function placesOf(trial: Trial, axis: Axis): Float64Array {
  const { points, stretches } = trial;
  const { rows, length } = points;
  const candidate = candidateOf(trial);
  const isShown = stretches.map(stretch => stretch.candidate === candidate);
  const column = COLUMN[axis];
  const places = new Float64Array(length).fill(NaN);
  let stretch = -1;
  let offset = 0;
  let end = 0;
  let start = NaN;
  for (let i = 0; i < length; i++) {
    const at = i * WIDTH;
    const now = rows[at + COLUMN.stretch] ?? -1;
    if (isShown[now] !== true) continue;
    if (now !== stretch) {
      stretch = now;
      offset = end;
    }
    let x = rows[at + column] ?? NaN;
    // A program of the user's own may count no epochs.
    if (axis === 'epoch' && Number.isNaN(x)) x = rows[at + COLUMN.step] ?? NaN;
    if (axis === 'seconds') {
      if (Number.isNaN(start)) start = x;
      x -= start;
    } else x += offset;
    end = x;
    if (Number.isFinite(x)) places[i] = x;
  }
  return places;
}

/** The candidate that is shown: the one that was chosen, or the one that is being trained. */
function candidateOf({ stretches, chosenRate }: Trial): number | undefined {
  const chosen =
    chosenRate === undefined
      ? undefined
      : stretches.find(
          ({ learningRate = NaN }) => Math.abs(learningRate - chosenRate) <= 1e-9 * Math.abs(chosenRate),
        );
  return (chosen ?? stretches.at(-1))?.candidate;
}
