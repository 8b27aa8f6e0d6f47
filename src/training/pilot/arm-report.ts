import * as l10n from '@vscode/l10n';
import type { MetricSpec } from '../spec';
import {
  breakEven,
  effectiveExamples,
  estimate,
  FARTHEST,
  fitCurve,
  interval,
  pValue,
  readCurve,
  type Curve,
  type IllBehaved,
  type Point,
} from '../statistics';
import { largestResults, meanOf, pairedEstimate, pointsOf, type ArmData, type Reading } from './arm-data';
import { dependsOnSize } from './arms';
import { idealOf, rangeOf } from './margin';
import { stagesOf, tasksOf, type Alone } from './parts';
import type { ArmReport, CurveFit, CurvePoint } from './report';

/** One seed for all of a report's own draws: the same results give the same report. */
export const REPORT_SEED = 20_241;

/**
 * All about one arm but the correction for how many arms are compared.
 *
 * @param alone what the tasks of multitask training are compared with, besides the control
 */
export function armReport(
  data: ArmData,
  control: ArmData | undefined,
  metric: MetricSpec,
  margin: number,
  reading: Reading,
  alone: Pick<Alone, 'target' | 'pretrained'>,
): ArmReport {
  const { arm, trials } = data;
  const against = control && control.arm.id !== arm.id ? control : undefined;
  const results = largestResults(data);
  const differences = [...trials.keys()].flatMap(n => {
    const paired = against && pairedEstimate(data, against, n, reading);
    return paired ? [{ n, ...interval(paired), p: pValue(paired) }] : [];
  });
  const fit = dependsOnSize(arm) ? curveFit(pointsOf(data), metric) : undefined;
  return {
    id: arm.id,
    strategy: arm.strategy,
    ...(arm.variant === undefined ? {} : { variant: arm.variant }),
    from: arm.from,
    curve: [...trials].map(([n, seeds]): CurvePoint => {
      const scored = [...seeds.values()].map(reading.score);
      const { value, low, high } = interval(estimate(scored, reading.resamples));
      const [least, most] = rangeOf(metric);
      // A t interval knows of no bounds.
      return {
        n,
        mean: value,
        low: Math.max(least, low),
        high: Math.min(most, high),
        seeds: scored.map(each => each.value),
      };
    }),
    differences,
    ...(fit ? { fit } : {}),
    ...(against ? worthOf(data, against, metric, margin, reading) : {}),
    ...stagesOf(results, metric),
    ...tasksOf(data, { ...alone, metric, control: against, differences }),
    seconds: meanOf(results.map(({ seconds }) => seconds)),
  };
}

function fitted(points: readonly Point[], metric: MetricSpec): Curve {
  const ideal = idealOf(metric);
  const { higherIsBetter } = metric;
  return fitCurve(points, { higherIsBetter, seed: REPORT_SEED, ...(ideal === undefined ? {} : { ideal }) });
}

/** Points at which a fitted curve is drawn. */
const DRAWN = 40;

function curveFit(points: readonly Point[], metric: MetricSpec): CurveFit | undefined {
  const [first, last] = [points[0]?.n, points.at(-1)?.n];
  if (first === undefined || last === undefined) return undefined;
  const curve = fitted(points, metric);
  if (curve.kind === 'ill-behaved') return { kind: 'ill-behaved', reason: reasonText(curve.reason) };
  const end = last * FARTHEST;
  const sizes = Array.from({ length: DRAWN }, (_, i) =>
    Math.min(end, first * (end / first) ** (i / (DRAWN - 1))),
  );
  return {
    kind: 'power-law',
    ...curve.law,
    points: sizes.map(n => ({ n, ...readCurve(curve, n), extrapolated: n > last })),
    ...(curve.heldOut ? { heldOut: curve.heldOut } : {}),
  };
}

function reasonText(reason: IllBehaved): string {
  switch (reason) {
    case 'too-few-sizes':
      return l10n.t('fewer than three sizes');
    case 'gets-worse':
      return l10n.t('it gets worse with more data, by more than noise');
    case 'flat':
      return l10n.t('it gains no more than noise from more data');
    case 'no-power-law':
      return l10n.t('no power law goes through it');
  }
}

function worthOf(
  data: ArmData,
  control: ArmData,
  metric: MetricSpec,
  margin: number,
  reading: Reading,
): Pick<ArmReport, 'effectiveExamples' | 'breakEven'> {
  const { higherIsBetter } = metric;
  const points = pointsOf(control);
  const curve = fitted(points, metric);
  const own = pointsOf(data);
  const worth = own.flatMap(point => {
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
