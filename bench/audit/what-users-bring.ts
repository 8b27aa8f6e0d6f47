import type { PilotReport } from '../../src/protocol/pilot-report';
import type { Finding } from './finding';
import { type Project, coins, csv, levelOf, pilot, randomRows, type Row } from './pilot';

/** Chance is a half; luck of more than three standard errors of 120 test examples would be needed for more. */
const MOST_BY_CHANCE = 0.64;

const said = (report: PilotReport, words: string): string | undefined =>
  report.warnings.find(line => line.includes(words));

const KNOWS = 'test examples and only';
const PERFECT = 'predicted every test example';
const OTHERS = 'not those of the test list';
const PARTS = 'parts of test examples';

const saysNothing = (report: PilotReport): boolean =>
  [KNOWS, PERFECT, OTHERS, PARTS].every(words => said(report, words) === undefined);

/** Rows that a part, or the sum of two, can be learned from. */
const isPositive = ([a = 0, b = 0, c = 0]: Row): number => Number(a + b - c > 0);

/** Pairs of rows, and how many of each pair are of the class 1. */
function pairs(rows: readonly Row[], labelOf: (place: number) => number, count: number): string {
  const place = (i: number, which: number): number => (which * 7 + i * (2 * which + 1)) % rows.length;
  const both = Array.from({ length: count }, (_, i) => [
    ...(rows[place(i, 0)] ?? []),
    ...(rows[place(i, 1)] ?? []),
  ]);
  // A stage reads columns of its own names where there are such.
  return csv(both, { total: (_, i) => labelOf(place(i, 0)) + labelOf(place(i, 1)) }, 'part');
}

const pairProject = (parts: string, whole: string, width: number, rows: number): Project => ({
  files: { 'parts.csv': parts, 'pairs.csv': whole },
  annotations: [
    `@dataset parts task=rows->ones input=tabular:${width} num_examples=${rows} label=rows->ones:one path=parts.csv`,
    `@dataset pairs task=total input=tabular:${2 * width} num_examples=600 label=total path=pairs.csv`,
    '@task total target output=class:3 metric=accuracy num_params=10k',
    '@pipeline total: rows -> ones -> total modules=ones->total:sum',
  ],
  task: 'total',
  options: ['--sizes', '400', '--seeds', '2'],
});

/** A pipeline and end-to-end training: as many steps for both, and an honest pipeline is not suspected. */
export function equalStages(): Finding {
  const rows = randomRows(600, 4, 71);
  const other = randomRows(1200, 4, 72);
  const whole = pairs(other, place => isPositive(other[place] ?? []), 600);
  const report = pilot(pairProject(csv(rows, { one: isPositive }), whole, 4, 600));
  const budgets = report.arms.map(({ id, steps }) => `${id} ${steps?.budget ?? 'none'}`);
  const own = (id: string): number | undefined => report.arms.find(arm => arm.id === id)?.steps?.budget;
  return {
    seen: `${budgets.join(', ')}; ${saysNothing(report) ? 'nothing is said' : report.warnings.join(' ')}`,
    holds: own('pipeline') !== undefined && own('pipeline') === own('end-to-end') && saysNothing(report),
  };
}

/** Parts with labels by chance, which a network learns by heart, and pairs of the same parts. */
export function partsOfPairs(): Finding {
  const rows = randomRows(400, 40, 73);
  const labels = coins(400, 74);
  const whole = pairs(rows, place => labels[place] ?? 0, 600);
  const parts = csv(rows, { one: (_, i) => labels[i] ?? 0 });
  const report = pilot(pairProject(parts, whole, 40, 400));
  const level = levelOf(report, 'pipeline');
  const line = said(report, PARTS);
  return {
    seen: `pipeline ${level.toFixed(3)}; ${line ?? 'nothing is said'}`,
    holds: level < 0.5 && line !== undefined,
  };
}

/** A given test split of 120 rows whose labels are chance, and a module that reads them. */
function moduleProject(module: string): Project {
  const labels = coins(600, 75);
  const rows = randomRows(600, 4, 76);
  const part = (from: number, to: number): string =>
    csv(rows.slice(from, to), { y: (_, i) => labels[from + i] ?? 0 });
  return {
    files: { 'train.csv': part(0, 480), 'test.csv': part(480, 600), 'module.mjs': module },
    folder: 'data',
    annotations: [
      '@dataset table task=y input=tabular:4 num_examples=600 label=y path=data',
      '@task y target output=class:2 metric=accuracy num_params=10k',
      '@pipeline y: x -> y modules=x->y:data/module.mjs',
    ],
    task: 'y',
    options: ['--sizes', '100,300', '--seeds', '1', '--trust'],
  };
}

const READ_TEST = `
  import { readFileSync } from 'node:fs';
  const lines = readFileSync(new URL('test.csv', import.meta.url), 'utf8').trim().split('\\n').slice(1).map(line => line.split(','));`;

export function moduleByPosition(): Finding {
  const report = pilot(
    moduleProject(`${READ_TEST}
      let call = 0;
      export default () => lines[call++ % lines.length].at(-1);`),
  );
  const level = levelOf(report, 'pipeline');
  return { seen: `pipeline ${level.toFixed(3)}`, holds: level < MOST_BY_CHANCE };
}

export function moduleByContent(): Finding {
  const report = pilot(
    moduleProject(`${READ_TEST}
      const key = cells => cells.map(each => Number(each).toFixed(3)).join();
      const known = new Map(lines.map(cells => [key(cells.slice(0, -1)), cells.at(-1)]));
      export default cells => known.get(key(cells)) ?? '0';`),
  );
  const line = said(report, KNOWS);
  return { seen: line ?? 'nothing is said', holds: line !== undefined };
}

/**
 * A program that learns by heart (the nearest row that it was given), on rows whose labels are chance; what it learns from
 * and is tested on follows.
 */
function programProject(lists: string): Project {
  const labels = coins(600, 77);
  return {
    files: {
      'table.csv': csv(randomRows(600, 4, 78), { y: (_, i) => labels[i] ?? 0 }),
      'source.csv': csv(randomRows(600, 4, 79), { z: (_, i) => labels[i] ?? 0 }),
      'program.mjs': `
        import { readFileSync } from 'node:fs';
        const trial = JSON.parse(readFileSync(process.env.STRATEGY_ADVISOR_TRIAL, 'utf8'));
        const own = trial.datasets.find(({ tasks }) => tasks.includes(trial.task));
        const lines = file => readFileSync(file, 'utf8').split('\\n').filter(line => line !== '');
        const tables = new Map();
        const rowsOf = file => {
          if (!tables.has(file)) tables.set(file, lines(file).slice(1).map(line => line.split(',').map(Number)));
          return tables.get(file);
        };
        const read = split => lines(own[split]).map(line => line.split('\\t')).map(([file, row]) => rowsOf(file)[Number(row)]);
        const nearest = (known, row) =>
          known.reduce((best, each) => {
            const distance = each.slice(0, -1).reduce((sum, value, i) => sum + (value - row[i]) ** 2, 0);
            return distance < best.distance ? { distance, label: each.at(-1) } : best;
          }, { distance: Infinity, label: 0 }).label;
        ${lists}
        const level = rows => rows.filter(row => nearest(known, row) === row.at(-1)).length / rows.length;
        console.log(JSON.stringify({ step: 1, validation: { accuracy: level(read('validation')) } }));
        console.log(JSON.stringify({ metric: 'accuracy', value: level(tested) }));
        console.log(JSON.stringify({ predictions: tested.map(row => nearest(known, row)), labels: tested.map(row => row.at(-1)) }));`,
    },
    annotations: [
      '@dataset table task=y input=tabular:4 num_examples=600 label=y path=table.csv',
      '@dataset source task=z input=tabular:4 num_examples=600 label=z path=source.csv',
      '@task y target output=class:2 metric=accuracy shares_features_with=z train="node program.mjs"',
    ],
    task: 'y',
    options: ['--sizes', '100,300', '--seeds', '1', '--trust'],
  };
}

/** An honest program, which ends with an error if a list holds a label or an example twice. */
export function honestProgram(): Finding {
  const report = pilot(
    programProject(`
      const all = ['train', 'validation', 'test'].flatMap(split => lines(own[split]));
      if (new Set(all).size !== all.length || all.some(line => !/^[^\\t]+\\t\\d+$/.test(line))) process.exit(1);
      if (lines(own.train).length !== trial.num_examples) process.exit(1);
      const [known, tested] = [read('train'), read('test')];`),
  );
  const levels = report.arms.map(({ id }) => levelOf(report, id));
  const most = Math.max(...levels);
  return {
    seen: `${levels.length} arms, at most ${most.toFixed(3)}; ${saysNothing(report) ? 'nothing is said' : report.warnings.join(' ')}`,
    // Sixty test examples.
    holds: levels.length >= 4 && most < 0.7 && saysNothing(report),
  };
}

export function programTrainsOnTest(): Finding {
  const report = pilot(
    programProject(`const [known, tested] = [[...read('train'), ...read('test').slice(5)], read('test')];`),
  );
  const line = said(report, KNOWS);
  return { seen: line ?? 'nothing is said', holds: line !== undefined };
}

export function programTestsOnTraining(): Finding {
  const report = pilot(programProject(`const [known, tested] = [read('train'), read('train')];`));
  const line = said(report, OTHERS);
  return { seen: line ?? 'nothing is said', holds: line !== undefined };
}
