import type { MetricSpec } from '../../protocol/job-files';
import { classesOf } from '../../training/metrics';
import {
  partsLeftOut,
  programsTestOthers,
  programsThatKnowTheTest,
  testBetterThanValidation,
} from '../../messages/pilot-messages';
import { rangeOf } from '../plan/task-metric';
import { type FinishedTrial, meanOf } from './arm-results';

/** What a run's trials were planned to be, as far as it matters here. */
interface Planned {
  readonly task: string;
  readonly metric: MetricSpec;
  readonly sizes: readonly number[];
}

/**
 * What makes a comparison of programs and pipelines unfair, as far as their results tell. The built-in arms cannot see a
 * test label; what users bring can read any file.
 */
export function fairnessWarnings(run: Planned, finished: readonly FinishedTrial[]): readonly string[] {
  return [
    ...testsOthers(finished),
    ...perfectFromTheStart(run, finished),
    ...betterThanValidated(run, finished),
    ...stagesWithoutParts(run, finished),
  ];
}

const armsOf = (trials: readonly FinishedTrial[]): string =>
  [...new Set(trials.map(({ spec }) => spec.arm.id))].join(', ');

function testsOthers(finished: readonly FinishedTrial[]): readonly string[] {
  const others = finished.filter(({ result }) => result.testsOthers === true);
  return others.length > 0 ? [programsTestOthers(armsOf(others))] : [];
}

/** Test examples that nobody gets all right by chance or by a few examples. */
const MANY = 30;

/** A program that is right about every test example at the smallest size has probably trained on them. */
function perfectFromTheStart({ sizes }: Planned, finished: readonly FinishedTrial[]): readonly string[] {
  const smallest = finished.filter(({ spec }) => spec.program !== undefined && spec.n === sizes[0]);
  const perfect = smallest.filter(
    ({ result: { test } }) =>
      test !== undefined &&
      test.kind !== 'values' &&
      test.labels.length >= MANY &&
      classesOf(test).every((predicted, i) => predicted === test.labels[i]),
  );
  return sizes.length > 1 && perfect.length > 0 ? [programsThatKnowTheTest(armsOf(perfect))] : [];
}

/** So much better than on validation, in the metric and in standard errors, no test split is by chance. */
const LARGE_GAP = 0.1;
const ERRORS = 4;

/**
 * Programs choose by their validation examples, and pipelines learn from neither split: both are at least about as good
 * there as on the test split. One that is far better on the test split knows it.
 */
function betterThanValidated({ metric }: Planned, finished: readonly FinishedTrial[]): readonly string[] {
  const [least, most] = rangeOf(metric);
  if (most !== 1 || !metric.higherIsBetter) return [];
  const isFar = ({ result: { value, validation, validated = 0, test } }: FinishedTrial): boolean => {
    const tested = test?.labels.length ?? 0;
    if (validation === undefined || validated === 0 || tested === 0) return false;
    // R² has no lower end: below zero it tells no more than at zero.
    const floor = Math.max(0, least);
    const [high, low] = [Math.max(floor, value), Math.max(floor, validation)];
    const middle = Math.min(0.95, Math.max(0.05, (high + low) / 2));
    const error = Math.sqrt(middle * (1 - middle) * (1 / tested + 1 / validated));
    return high - low > Math.max(LARGE_GAP, ERRORS * error);
  };
  const far = finished.filter(isFar);
  if (far.length === 0) return [];
  return [
    testBetterThanValidation({
      arms: armsOf(far),
      metric: metric.name,
      test: meanOf(far.map(({ result }) => result.value)),
      validation: meanOf(far.map(({ result }) => result.validation ?? 0)),
    }),
  ];
}

function stagesWithoutParts({ task }: Planned, finished: readonly FinishedTrial[]): readonly string[] {
  const counts = finished.flatMap(({ result }) => result.partsLeftOut ?? []);
  return counts.length > 0 ? [partsLeftOut({ count: Math.max(...counts), task })] : [];
}
