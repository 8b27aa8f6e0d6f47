import type { MetricSpec } from '../../protocol/job-files';
import { dependsOnSize } from '../plan/eligible-strategies';
import { idealOf, rangeOf } from '../plan/task-metric';
import {
  type Curve,
  type IllBehaved,
  MAX_EXTRAPOLATION,
  type SizeResults,
  evaluateCurve,
  fitCurve,
} from '../statistics/data-size-curve';
import { isAtChance, isSaturated } from '../statistics/chance-level';
import { breakEven, effectiveExamples } from '../statistics/effective-examples';
import { interval, pValue } from '../statistics/significance';
import {
  type ArmResults,
  type TrialScoring,
  largestResults,
  largestTrials,
  levelEstimate,
  meanOf,
  pairedEstimate,
  pointsOf,
  secondsOf,
  sharedSeeds,
  stepsOf,
} from './arm-results';
import type { ArmReport, CurveFit, CurvePoint } from '../../protocol/pilot-report';
import { type SeparateBaselines, stageReports, taskReports } from './stage-and-task-reports';
import { curveFlat, curveWorsens, noPowerLaw, tooFewSizes } from '../../messages/pilot-messages';

/** One seed for all of a report's own draws: the same results give the same report. */
export const REPORT_SEED = 20_241;

/**
 * All about one arm but the correction for how many arms are compared.
 *
 * @param alone what the tasks of multitask training are compared with, besides the control
 * @param chance the metric of a model that does not look at its inputs, where it is known
 */
export function armReport(
  data: ArmResults,
  control: ArmResults | undefined,
  metric: MetricSpec,
  margin: number,
  reading: TrialScoring,
  alone: Pick<SeparateBaselines, 'target' | 'pretrained'>,
  chance?: number,
): ArmReport {
  const { arm, trials } = data;
  const against = control && control.arm.id !== arm.id ? control : undefined;
  const results = largestResults(data);
  const differences = [...trials.keys()].flatMap(n => {
    const paired = against && pairedEstimate(data, against, n, reading);
    if (!against || !paired) return [];
    return [{ n, ...interval(paired), p: pValue(paired), seeds: sharedSeeds(data, against, n).length }];
  });
  const fit = dependsOnSize(arm) ? curveFit(pointsOf(data), metric) : undefined;
  const curve = curveOf(data, metric, reading);
  return {
    id: arm.id,
    strategy: arm.strategy,
    ...(arm.variant === undefined ? {} : { variant: arm.variant }),
    from: arm.from,
    curve,
    differences,
    ...(fit ? { fit } : {}),
    ...(against
      ? effectiveExamplesOf(data, against, metric, margin, reading, {
          curves: [curve, curveOf(against, metric, reading)],
          chance,
        })
      : {}),
    ...stageReports(results, metric),
    ...taskReports(data, { ...alone, metric, control: against, differences }),
    ...budgetOf(data),
    seconds: meanOf(largestTrials(data).map(secondsOf)),
  };
}

/** The arm's metric at each size. */
function curveOf({ trials }: ArmResults, metric: MetricSpec, reading: TrialScoring): readonly CurvePoint[] {
  return [...trials].map(([n, seeds]): CurvePoint => {
    const { value, low, high } = interval(levelEstimate(seeds.values(), n, reading));
    const [least, most] = rangeOf(metric);
    return {
      n,
      mean: value,
      // A t interval knows of no bounds.
      low: Math.max(least, low),
      high: Math.min(most, high),
      seeds: [...seeds.values()].map(({ result }) => result.value),
    };
  });
}

/** An arm still improves where more than this share of its trials do. */
const MOST_IMPROVING = 0.5;

/** The steps of an arm at its largest size; nothing where a program of the user's own trains. */
function budgetOf(data: ArmResults): Pick<ArmReport, 'steps'> {
  const trials = largestTrials(data).filter(({ result }) => result.trained);
  if (trials.length === 0) return {};
  const steps = trials.map(stepsOf);
  const improving = trials.filter(({ result }) => result.trained?.improving === true).length;
  return {
    steps: {
      budget: Math.round(meanOf(steps.map(({ budget }) => budget))),
      used: Math.round(meanOf(steps.map(({ used }) => used))),
      improving: improving > MOST_IMPROVING * trials.length,
    },
  };
}

function fitted(points: readonly SizeResults[], metric: MetricSpec): Curve {
  const ideal = idealOf(metric);
  const { higherIsBetter } = metric;
  return fitCurve(points, { higherIsBetter, seed: REPORT_SEED, ...(ideal === undefined ? {} : { ideal }) });
}

/** Points at which a fitted curve is drawn. */
const DRAWN = 40;

function curveFit(points: readonly SizeResults[], metric: MetricSpec): CurveFit | undefined {
  const [first, last] = [points[0]?.n, points.at(-1)?.n];
  if (first === undefined || last === undefined) return undefined;
  const curve = fitted(points, metric);
  if (curve.kind === 'ill-behaved') return { kind: 'ill-behaved', reason: reasonText(curve.reason) };
  const end = last * MAX_EXTRAPOLATION;
  const sizes = Array.from({ length: DRAWN }, (_, i) =>
    Math.min(end, first * (end / first) ** (i / (DRAWN - 1))),
  );
  return {
    kind: 'power-law',
    ...curve.law,
    points: sizes.map(n => ({ n, ...evaluateCurve(curve, n), extrapolated: n > last })),
    ...(curve.heldOut ? { heldOut: curve.heldOut } : {}),
  };
}

function reasonText(reason: IllBehaved): string {
  switch (reason) {
    case 'too-few-sizes':
      return tooFewSizes();
    case 'gets-worse':
      return curveWorsens();
    case 'flat':
      return curveFlat();
    case 'no-power-law':
      return noPowerLaw();
  }
}

function effectiveExamplesOf(
  data: ArmResults,
  control: ArmResults,
  metric: MetricSpec,
  margin: number,
  reading: TrialScoring,
  {
    curves,
    chance,
  }: { readonly curves: readonly (readonly CurvePoint[])[]; readonly chance: number | undefined },
): Pick<ArmReport, 'effectiveExamples' | 'breakEven'> {
  const { higherIsBetter } = metric;
  // Where both are perfect, or neither is better than chance, no number of examples can be read from their curves.
  const tellsNothing = (n: number): boolean => {
    const both = curves.flatMap(curve => curve.filter(point => point.n === n));
    return (
      both.every(({ seeds }) => isSaturated(seeds, idealOf(metric), reading.resolution ?? 0)) ||
      both.every(point => isAtChance(point, chance, higherIsBetter))
    );
  };
  const points = pointsOf(control);
  const curve = fitted(points, metric);
  const own = pointsOf(data);
  const worth = own.flatMap(point => {
    if (tellsNothing(point.n)) return [];
    const found = effectiveExamples(point, points, curve, { higherIsBetter, seed: REPORT_SEED });
    return found ? [{ n: point.n, ...found }] : [];
  });
  const differences = own.flatMap(({ n }) => {
    const paired = pairedEstimate(data, control, n, reading);
    return paired ? [{ ...paired, n, value: higherIsBetter ? paired.value : -paired.value }] : [];
  });
  const even = breakEven(differences, margin, REPORT_SEED);
  return {
    ...(worth.length > 0 ? { effectiveExamples: worth } : {}),
    ...(even ? { breakEven: even } : {}),
  };
}
