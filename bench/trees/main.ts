// npm run bench:trees [FOLDER]: boosted trees beside LightGBM's figures on the same folds of ten bundled tables.
// FOLDER is what lightgbm_figures.py has written; without it, the figures in lightgbm.json are shown alone.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { BaselineTargets } from '../../src/training/baselines/baseline-targets';
import { boost } from '../../src/training/boosting/boost';
import type { NumberTable } from '../../src/training/boosting/bins';
import { objectiveFor } from '../../src/training/boosting/objectives';
import { scoreTrees } from '../../src/training/boosting/tree';

interface Figures {
  readonly rounds: number;
  readonly tables: Readonly<
    Record<string, { readonly classes: number; readonly metric: string; readonly values: readonly number[] }>
  >;
}

interface BundledTable {
  readonly values: readonly (readonly (number | null)[])[];
  readonly labels: readonly number[];
  readonly folds: readonly number[];
  readonly classes: number;
}

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const errorOf = (values: readonly number[]): number =>
  Math.sqrt(mean(values.map(value => (value - mean(values)) ** 2)) / Math.max(1, values.length - 1));

function part(
  { values, labels, folds, classes }: BundledTable,
  isIn: (fold: number) => boolean,
): { readonly table: NumberTable; readonly targets: BaselineTargets } {
  const rows = values.filter((_, i) => isIn(folds[i] ?? 0));
  const own = labels.filter((_, i) => isIn(folds[i] ?? 0));
  return {
    table: {
      count: rows.length,
      width: rows[0]?.length ?? 0,
      values: Float32Array.from(rows.flat(), value => value ?? NaN),
    },
    targets: { values: own, weights: own.map(() => 1), classes },
  };
}

/** The metric of each fold, trained on all others. */
async function measure(data: BundledTable, rounds: number): Promise<readonly number[]> {
  const found: number[] = [];
  for (let fold = 0; fold <= Math.max(...data.folds); fold++) {
    const train = part(data, each => each !== fold);
    const test = part(data, each => each === fold);
    const { ensemble } = await boost(train.table, train.targets, {
      leaves: 31,
      minRows: 1,
      minCurvature: 5,
      l2: 0,
      learningRate: 0.1,
      rounds,
      seed: 1,
    });
    const loss = objectiveFor(data.classes).loss(scoreTrees(ensemble, test.table), test.targets);
    const labels = Array.from(test.targets.values);
    const spread = mean(labels.map(label => (label - mean(labels)) ** 2));
    found.push(data.classes === 0 ? 1 - loss / spread : loss);
  }
  return found;
}

async function main(folder: string | undefined): Promise<void> {
  const figures = read(
    folder ? path.join(folder, 'lightgbm.json') : path.join(import.meta.dirname, 'lightgbm.json'),
  ) as Figures;
  console.log(
    '| table | metric | LightGBM | here | difference | noise of the folds | seconds |\n| --- | --- | ---: | ---: | ---: | ---: | ---: |',
  );
  let [worse, compared] = [0, 0];
  for (const [name, { metric, values }] of Object.entries(figures.tables)) {
    if (!folder) {
      console.log(`| ${name} | ${metric} | ${mean(values).toFixed(4)} | | | | |`);
      continue;
    }
    const began = performance.now();
    const own = await measure(read(path.join(folder, `${name}.json`)) as BundledTable, figures.rounds);
    const seconds = (performance.now() - began) / 1000;
    const better = own.map((value, i) => (metric === 'r2' ? 1 : -1) * (value - (values[i] ?? NaN)));
    const noise = 2 * errorOf(values);
    compared++;
    if (Math.abs(mean(better)) > noise) worse++;
    console.log(
      `| ${name} | ${metric} | ${mean(values).toFixed(4)} | ${mean(own).toFixed(4)} | ${mean(better).toFixed(4)} | ±${noise.toFixed(4)} | ${seconds.toFixed(1)} |`,
    );
  }
  if (folder) console.log(`\n${compared - worse} of ${compared} within the noise of the folds`);
  process.exitCode = worse > 0 ? 1 : 0;
}

void main(process.argv[2]);
