import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A workspace with two tables and a training program that is quick and whose figures depend on its trial alone. */
export interface Project {
  readonly root: string;
  /** Stands in the command line of every program of this workspace, and of no other. */
  readonly marker: string;
}

const made: string[] = [];

export function createProject(parent = tmpdir()): Project {
  const root = realpathSync(mkdtempSync(path.join(parent, 'strategy-advisor-runs-')));
  made.push(root);
  const marker = `marker-${path.basename(root)}`;
  const files = {
    'big.csv': table(3000, 1),
    'small.csv': table(300, 2),
    'program.mjs': PROGRAM,
    'train.py': annotations(`node program.mjs ${marker}`),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(root, name), text);
  return { root, marker };
}

export function removeProjects(): void {
  for (const root of made.splice(0)) rmSync(root, { recursive: true, force: true });
}

export function annotations(command: string): string {
  return [
    '# @dataset big task=easy input=tabular:3 num_examples=3000 label=label path=big.csv',
    '# @dataset small task=hard input=tabular:3 num_examples=300 label=label path=small.csv',
    `# @task hard target output=class:2 metric=accuracy shares_features_with=easy num_params=10k train="${command}"`,
    '',
  ].join('\n');
}

function table(rows: number, seed: number): string {
  let state = seed;
  const next = (): number => (state = (state * 1103515245 + 12345) % 2 ** 31) / 2 ** 31;
  const lines = Array.from({ length: rows }, () => {
    const values = [next(), next(), next()];
    return [...values.map(value => value.toFixed(4)), Number(values[0]! + values[1]! > 1)].join(',');
  });
  return `a,b,c,label\n${lines.join('\n')}\n`;
}

const PROGRAM = `
import { readFileSync } from 'node:fs';
const trial = JSON.parse(readFileSync(process.env.STRATEGY_ADVISOR_TRIAL, 'utf8'));
const lines = readFileSync(trial.datasets.find(each => each.name === 'small').train, 'utf8').trim().split('\\n');
if (lines.length !== trial.num_examples) throw new Error('told of ' + lines.length + ' examples');
for (let step = 1; step <= 4; step++) {
  await new Promise(resolve => setTimeout(resolve, Number(process.env.PROGRAM_MS ?? 20)));
  console.log(JSON.stringify({ step, loss: 1 / step }));
}
const rows = lines.reduce((sum, line) => sum + Number(line.split('\\t')[1]), 0);
console.log(JSON.stringify({ metric: 'accuracy', value: 0.5 + (rows % 97) / 1000 + trial.strategy.length / 100 }));
`;

/** Makes the folder that a file system of its own may be mounted on. */
export function createMountPoint(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'strategy-advisor-mount-')));
  mkdirSync(folder, { recursive: true });
  made.push(folder);
  return folder;
}
