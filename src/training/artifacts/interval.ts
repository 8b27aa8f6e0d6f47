import { metricsOf } from '../metrics';
import { seeded } from '../random';
import type { Predictions } from '../result';
import type { MetricName } from '../spec';

const RESAMPLES = 1000;
const COVERAGE = 0.95;

/** The interval of a metric over test examples drawn again (percentile bootstrap, Efron 1979): from and to. */
export function metricInterval(test: Predictions, metric: string): readonly [number, number] | undefined {
  const random = seeded('interval');
  const values: number[] = [];
  for (let i = 0; i < RESAMPLES; i++) {
    const rows = test.labels.map(() => Math.floor(random() * test.labels.length));
    const value = metricsOf(pick(test, rows))[metric as MetricName];
    if (value !== undefined) values.push(value);
  }
  values.sort((a, b) => a - b);
  const at = (share: number): number | undefined => values[Math.round(share * (values.length - 1))];
  const [low, high] = [at((1 - COVERAGE) / 2), at((1 + COVERAGE) / 2)];
  return low === undefined || high === undefined ? undefined : [low, high];
}

function pick({ width = 1, ...test }: Predictions, rows: readonly number[]): Predictions {
  return {
    ...test,
    width,
    labels: rows.map(row => test.labels[row] ?? 0),
    predictions: rows.flatMap(row => test.predictions.slice(row * width, (row + 1) * width)),
  };
}
