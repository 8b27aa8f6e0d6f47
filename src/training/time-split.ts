import type { DataSpec, MetricSpec, TaskSpec } from '../protocol/job-files';
import { openDataset } from '../data';
import { scoreQuickly } from './baselines/quick-trees';
import { type Examples, labelledRows, takeRows } from './datasets/examples';
import { type OpenSettings, loadDatasets } from './datasets/load-datasets';
import { labelOf } from './strategies/learning-data';

/** What a random split flatters by, beside one that tests on the latest examples. */
export interface TimeSplit {
  /** The column of dates. */
  readonly column: string;
  /** The metric of quick trees on the test examples of either split. */
  readonly random: number;
  readonly latest: number;
}

/** Fewer test examples tell nothing. */
const FEWEST_TEST = 20;

/**
 * Compares a random split of a table that has dates with one by time; `undefined` where it has none, is divided already, or
 * the metric cannot be measured on it.
 *
 * @throws DataError where the data cannot be read
 */
export async function compareTimeSplit(
  data: DataSpec,
  target: TaskSpec,
  metric: MetricSpec,
  settings: OpenSettings,
): Promise<TimeSplit | undefined> {
  const { columns } = await openDataset(data.path, data.request, settings);
  const column = columns.find(({ use }) => use === 'date')?.name;
  if (column === undefined) return undefined;
  const random = await splitsOf(data, target, settings);
  const byTime = await splitsOf({ ...data, request: { ...data.request, time: column } }, target, settings);
  const isDivided = sameInputs(random.test, byTime.test);
  if (isDivided || byTime.test.count < FEWEST_TEST || byTime.train.count < FEWEST_TEST) return undefined;
  const score = ({ quick, train, test }: Splits): Promise<number | undefined> =>
    scoreQuickly(quick, train, test, metric);
  const [one, other] = [await score(random), await score(byTime)];
  return one === undefined || other === undefined ? undefined : { column, random: one, latest: other };
}

interface Splits {
  readonly quick: Parameters<typeof scoreQuickly>[0];
  readonly train: Examples;
  readonly test: Examples;
}

async function splitsOf(data: DataSpec, target: TaskSpec, settings: OpenSettings): Promise<Splits> {
  const { input, labels, splits } = await loadDatasets(
    { target, tasks: [target], datasets: [data] },
    settings,
  );
  const label = labelOf({ labels }, target.name);
  const labelled = (examples: Examples): Examples => takeRows(examples, labelledRows(examples, target.name));
  return {
    quick: { task: target.name, label, input, signal: settings.signal },
    train: labelled(splits.train),
    test: labelled(splits.test),
  };
}

function sameInputs(one: Examples, other: Examples): boolean {
  return (
    one.inputs.length === other.inputs.length &&
    one.inputs.every((value, i) => Math.abs(value - (other.inputs[i] ?? 0)) < 1e-4)
  );
}
