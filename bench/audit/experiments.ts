import { type Random, normal, sfc32 } from '../../src/common/random';
import { selectedGain } from '../../src/experiments/statistics/selected-gain';
import {
  type Estimate,
  type SeedResult,
  estimate,
  holm,
  interval,
  pValue,
} from '../../src/experiments/statistics/significance';
import { drawResamples, scorer } from '../../src/training/metrics';
import type { Finding } from './finding';
import { hashedGroups, roundedRows } from './near-copies';
import { nullTables } from './null-tables';
import { coins, csv, levelOf, pilot, randomRows, type Row } from './pilot';
import { sharedTrainingCoverage } from './shared-training';
import {
  equalStages,
  honestProgram,
  moduleByContent,
  moduleByPosition,
  partsOfPairs,
  programTestsOnTraining,
  programTrainsOnTest,
} from './what-users-bring';

export interface Experiment {
  readonly name: string;
  readonly expected: string;
  /** Whether it is short enough for `npm test`. */
  readonly short: boolean;
  readonly run: () => Finding | Promise<Finding>;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const sign = ([a = 0, b = 0]: Row): number => Number(a * b > 0);

/** Chance is a half; two thirds would need luck of more than three standard errors of 80 test examples. */
const MOST_BY_CHANCE = 0.68;

function twoLabels(): Finding {
  const rows = randomRows(800, 4, 1);
  const a = coins(800, 2);
  const report = pilot({
    files: { 'data.csv': csv(rows, { a: (_, i) => a[i] ?? 0, b: (_, i) => 1 - (a[i] ?? 0) }) },
    annotations: [
      '@dataset one task=a input=tabular:4 num_examples=800 label=a path=data.csv',
      '@dataset other task=b input=tabular:4 num_examples=800 label=b path=data.csv',
      '@task a target output=class:2 metric=accuracy shares_features_with=b num_params=10k',
    ],
    task: 'a',
    options: ['--sizes', '200', '--seeds', '1'],
  });
  const levels = report.arms.map(({ id }) => levelOf(report, id));
  return {
    seen: `at most ${percent(Math.max(...levels))}`,
    holds: levels.every(each => each < MOST_BY_CHANCE),
  };
}

function copiedRows(): Finding {
  const rows = randomRows(800, 4, 3);
  const a = coins(800, 4);
  const more = randomRows(800, 4, 5);
  const report = pilot({
    files: {
      'target.csv': csv(rows, { y: (_, i) => a[i] ?? 0 }),
      'source.csv': csv([...more, ...rows], { z: (_, i) => a[i % 800] ?? 0 }),
    },
    annotations: [
      '@dataset target task=y input=tabular:4 num_examples=800 label=y path=target.csv',
      '@dataset source task=z input=tabular:4 num_examples=1600 label=z path=source.csv',
      '@task y target output=class:2 metric=accuracy shares_features_with=z num_params=10k',
    ],
    task: 'y',
    options: ['--sizes', '200', '--seeds', '1'],
  });
  const levels = report.arms.map(({ id }) => levelOf(report, id));
  const said = report.warnings.find(line => line.includes('160 examples of source'));
  return {
    seen: `at most ${percent(Math.max(...levels))}; ${said ?? 'nothing is said'}`,
    holds: levels.every(each => each < MOST_BY_CHANCE) && said !== undefined,
  };
}

function rareClasses(): Finding {
  const rows = randomRows(400, 3, 6);
  const report = pilot({
    files: {
      'rare.csv': csv(rows, {
        y: (_, i) => (i % 34 === 0 ? 'rare' : 'common'),
        z: row => sign(row),
      }),
    },
    annotations: [
      '@dataset rare task=y,z input=tabular:3 num_examples=400 label=y:y,z:z path=rare.csv',
      '@task y target output=class:2 shares_features_with=z num_params=10k',
    ],
    task: 'y',
    options: ['--sizes', '100', '--seeds', '1'],
  });
  const absent = report.warnings.filter(line => line.includes('has no example'));
  const few = report.warnings.filter(line => line.includes('fewer than 5 examples of rare'));
  return {
    seen: [...absent, ...few].join(' ') || 'nothing is said',
    holds: absent.length === 0 && few.length === 1,
  };
}

/** Tables that share every feature: who transfers and who trains together can learn the same. */
function sharedFeatures(): Finding {
  const gaps: number[] = [];
  for (const seed of [1, 2, 3]) {
    const report = pilot({
      files: {
        'big.csv': csv(randomRows(3000, 8, 10 + seed), { label: sign }),
        'small.csv': csv(randomRows(1500, 8, 20 + seed), { lucky: row => (sign(row) ? 'yes' : 'no') }),
      },
      annotations: [
        '@dataset big task=same-sign input=tabular:8 num_examples=3000 label=label path=big.csv',
        '@dataset small task=lucky input=tabular:8 num_examples=1500 label=lucky path=small.csv',
        '@task lucky target output=class:2 metric=accuracy shares_features_with=same-sign num_params=10k',
      ],
      task: 'lucky',
      options: ['--sizes', '100', '--seeds', '3'],
    });
    const best = (strategy: string): number =>
      Math.max(...report.arms.filter(arm => arm.strategy === strategy).map(({ id }) => levelOf(report, id)));
    gaps.push(best('transfer') - best('multitask'));
  }
  return {
    seen: gaps.map(gap => `${(100 * gap).toFixed(1)} points`).join(', '),
    holds: Math.abs(mean(gaps)) < 0.06,
  };
}

/** A line through the inputs: nothing beats a linear model, and the verdict must say so. */
function linearTable(): Finding {
  const line = ([a = 0, b = 0, c = 0, d = 0]: Row): number => Number(a + b - c + 0.5 * d > 0);
  const report = pilot({
    files: {
      'target.csv': csv(randomRows(1200, 6, 31), { y: line }),
      'source.csv': csv(randomRows(1200, 6, 32), { z: ([a = 0]) => Number(a > 0) }),
    },
    annotations: [
      '@dataset target task=y input=tabular:6 num_examples=1200 label=y path=target.csv',
      '@dataset source task=z input=tabular:6 num_examples=1200 label=z path=source.csv',
      '@task y target output=class:2 metric=accuracy shares_features_with=z num_params=10k',
    ],
    task: 'y',
    options: ['--sizes', '100', '--seeds', '3'],
  });
  const simple = report.verdict?.simple;
  return {
    seen: simple ? `${simple.arm} is ${simple.standing}` : 'nothing is said',
    holds: simple !== undefined,
  };
}

/** Rules of thresholds, which trees find and small networks hardly do: the verdict must say that none beats them. */
function ruleTable(): Finding {
  const rule = ([a = 0, b = 0, c = 0, d = 0, e = 0]: Row): number =>
    Number(a > 0.3 === b > -0.2 ? c > 0.1 || d < -0.4 : e > 0 && c < 0.5);
  const noise = coins(4000, 42);
  const again = coins(4000, 43);
  const flipped = (i: number): boolean => noise[i] === 1 && again[i] === 1 && i % 5 === 0;
  const report = pilot({
    files: {
      'rules.csv': csv(randomRows(4000, 12, 41), {
        y: (row, i) => (flipped(i) ? 1 - rule(row) : rule(row)),
      }),
    },
    annotations: [
      '@dataset rules task=y input=tabular:12 num_examples=4000 label=y path=rules.csv',
      '@task y target output=class:2 metric=accuracy num_params=10k',
    ],
    task: 'y',
    options: ['--sizes', '100,1000,3000', '--seeds', '2'],
  });
  const curve = (id: string): string =>
    (report.arms.find(arm => arm.id === id)?.curve ?? []).map(({ mean: each }) => each.toFixed(3)).join(', ');
  const simple = report.verdict?.simple;
  const [trees, network] = ['boosted-trees', 'single-task'].map(id => levelOf(report, id));
  return {
    seen: `trees ${curve('boosted-trees')}, network ${curve('single-task')}; ${simple?.arm ?? 'nothing'} is ${simple?.standing ?? 'said'}`,
    holds:
      simple?.arm === 'boosted-trees' &&
      simple.standing === 'ahead' &&
      (trees ?? 0) > 0.9 &&
      (trees ?? 0) > (network ?? 1) + 0.05,
  };
}

/** Differences of two arms on test examples that come in groups, whose members are right or wrong together. */
function groupCoverage(runs: number): Finding {
  let covered = 0;
  for (let run = 0; run < runs; run++) {
    const random = sfc32(run * 7919 + 3);
    const groups = Array.from({ length: 200 }, (_, i) => Math.floor(i / 10));
    const arm = (level: number, own: readonly number[]): SeedResult[] =>
      Array.from({ length: 5 }, () => {
        const labels = groups.map(() => Math.floor(random() * 2));
        const shift = 0.2 * normal(random);
        const predictions = labels.map((label, i) => {
          const logit = level + shift + (own[groups[i] ?? 0] ?? 0);
          return random() < 1 / (1 + Math.exp(-logit)) ? label : 1 - label;
        });
        const score = scorer({ kind: 'classes', labels, predictions }, 'accuracy');
        return { value: score(), score };
      });
    const draws = (): number[] => Array.from({ length: 20 }, () => 1.5 * normal(random));
    const resamples = drawResamples(200, run, 200, groups);
    const { low, high } = interval(estimate(arm(1, draws()), resamples, arm(1, draws())));
    if (low <= 0 && high >= 0) covered++;
  }
  return { seen: percent(covered / runs), holds: covered / runs >= 0.9 };
}

/** One estimate of a gain: five seeds, and test examples that all arms share. */
function measured(truth: number, error: number, shared: number, random: Random): Estimate {
  const seeds = Array.from({ length: 5 }, () => ({
    value: truth + shared + 0.8 * error * Math.sqrt(5) * normal(random),
  }));
  const found = estimate(seeds, []);
  return { ...found, error: Math.hypot(found.error, 0.6 * error), df: 8 };
}

/** What winners promise against what they are worth: gains around zero, five arms, errors as in pilots. */
function promises(): Finding {
  const [raw, corrected, worth]: [number[], number[], number[]] = [[], [], []];
  for (const error of [0.02, 0.03, 0.045]) {
    const random = sfc32(11);
    for (let i = 0, picked = 0; i < 20_000 && picked < 200; i++) {
      const base = 0.03 * normal(random);
      const truths = Array.from({ length: 5 }, () => base + 0.01 * normal(random));
      const shared = 0.6 * error * normal(random);
      const found = truths.map(truth => measured(truth, error, shared, random));
      const best = found.reduce((top, each, at) => (each.value > (found[top]?.value ?? 0) ? at : top), 0);
      const winner = found[best];
      if (!winner || winner.value < 0.01 || (holm(found.map(pValue))[best] ?? 1) > 0.05) continue;
      picked++;
      raw.push(winner.value);
      corrected.push(selectedGain(winner, 0.02).value);
      worth.push(truths[best] ?? 0);
    }
  }
  const [promised, stated, real] = [raw, corrected, worth].map(mean) as [number, number, number];
  return {
    seen: `measured ${percent(promised)}, stated ${percent(stated)}, true ${percent(real)}`,
    holds: Math.abs(stated - real) < 0.3 * real,
  };
}

/** @param runs pilots on tables without anything to learn */
export function experiments(runs: number): readonly Experiment[] {
  return [
    {
      name: 'two labels in one file',
      expected: 'no arm above chance',
      short: true,
      run: twoLabels,
    },
    {
      name: 'second copy of rows in a source',
      expected: 'no arm above chance, 160 rows left out',
      short: true,
      run: copiedRows,
    },
    {
      name: 'rounded rows in a source, with a label that follows from the other',
      expected: 'no arm above chance, 160 rows left out',
      short: false,
      run: roundedRows,
    },
    {
      name: 'groups that are called by hashes',
      expected: 'the verdict is marked; with group= no arm above chance',
      short: false,
      run: hashedGroups,
    },
    { name: 'rare classes', expected: 'in every split, few are said', short: true, run: rareClasses },
    {
      name: 'groups: intervals of differences',
      expected: '90 % or more',
      short: true,
      run: () => groupCoverage(200),
    },
    {
      name: 'seeds that share their training examples: intervals of differences',
      expected: '90 % or more',
      short: false,
      run: () => sharedTrainingCoverage(100),
    },
    { name: 'promised and true gains of winners', expected: 'within 30 %', short: true, run: promises },
    {
      name: 'tables that share every feature',
      expected: 'transfer and multitask within 6 points',
      short: false,
      run: sharedFeatures,
    },
    {
      name: 'a table that is linear',
      expected: 'the verdict names the linear model',
      short: false,
      run: linearTable,
    },
    {
      name: 'rules of thresholds in a table without a source',
      expected: 'the verdict names boosted trees, which are ahead',
      short: true,
      run: ruleTable,
    },
    {
      name: 'a pipeline beside end-to-end training',
      expected: 'as many steps for both, nothing suspected',
      short: false,
      run: equalStages,
    },
    {
      name: 'parts of test examples in the data of a stage',
      expected: 'below the half that guessing reaches, and said',
      short: false,
      run: partsOfPairs,
    },
    {
      name: 'a module that knows the order of the test labels',
      expected: 'chance',
      short: false,
      run: moduleByPosition,
    },
    {
      name: 'a module that knows the test labels by their inputs',
      expected: 'it is said',
      short: true,
      run: moduleByContent,
    },
    {
      name: 'an honest program',
      expected: 'lists without labels, no example twice, chance, nothing suspected',
      short: false,
      run: honestProgram,
    },
    {
      name: 'a program that trains on the test list',
      expected: 'it is said',
      short: true,
      run: programTrainsOnTest,
    },
    {
      name: 'a program that tests on the training list',
      expected: 'it is said',
      short: false,
      run: programTestsOnTraining,
    },
    ...(['nothing to learn', 'a source of noise'] as const).map(kind => ({
      name: `null tables: ${kind}`,
      expected: 'no other arm recommended in 95 %',
      short: false,
      run: () => nullTables(kind, runs),
    })),
  ];
}
