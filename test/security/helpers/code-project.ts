import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const made: string[] = [];

/** A folder of its own with these files; `#!` makes a file executable. */
export function createFolder(files: Readonly<Record<string, string>> = {}): string {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'strategy-advisor-consent-')));
  made.push(root);
  for (const [name, text] of Object.entries(files)) put(path.join(root, name), text);
  return root;
}

export function put(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text, { mode: text.startsWith('#!') ? 0o755 : 0o644 });
}

export function removeFolders(): void {
  for (const root of made.splice(0)) rmSync(root, { recursive: true, force: true });
}

/** A pipeline whose second stage is a module that leaves a file `ran` beside itself. */
export function moduleProject(): string {
  return createFolder({
    'digits.csv': table(['a', 'b', 'digits'], ([a = 0, b = 0]) => Number(a + b > 1), 400),
    'pairs.csv': table(
      ['a1', 'b1', 'a2', 'b2', 'sum'],
      ([a = 0, b = 0, c = 0, d = 0]) => Number(a + b > 1) + Number(c + d > 1),
      400,
    ),
    'train.py': [
      '# @dataset single task=images->digits input=tabular:2 label=images->digits:digits path=digits.csv num_examples=400',
      '# @dataset pairs task=sum input=tabular:4 label=sum path=pairs.csv num_examples=400',
      '# @task sum target output=real:1 metric=r2',
      '# @pipeline sum: images -> digits -> sum modules=digits->sum:step.mjs',
      '',
    ].join('\n'),
    'step.mjs': [
      "import { writeFileSync } from 'node:fs';",
      "import { sum } from './helper.mjs';",
      "writeFileSync(new URL('./ran', import.meta.url), '');",
      'export default values => sum(values);',
      '',
    ].join('\n'),
    'helper.mjs': 'export const sum = values => values.flat().reduce((a, b) => a + Number(b), 0);\n',
  });
}

/** A task with a training program of its own. */
export function programProject(command: string, files: Readonly<Record<string, string>> = {}): string {
  return createFolder({
    'rows.csv': table(['a', 'b', 'label'], ([a = 0, b = 0]) => Number(a + b > 1), 400),
    'train.txt.py': [
      '# @dataset rows task=label input=tabular:2 label=label path=rows.csv num_examples=400',
      '# @dataset more task=other input=tabular:2 label=label path=rows.csv num_examples=400',
      `# @task label target output=class:2 metric=accuracy shares_features_with=other train="${command}"`,
      '',
    ].join('\n'),
    ...files,
  });
}

function table(names: readonly string[], label: (values: readonly number[]) => number, rows: number): string {
  let state = 7;
  const next = (): number => (state = (state * 1103515245 + 12345) % 2 ** 31) / 2 ** 31;
  const lines = Array.from({ length: rows }, () => {
    const values = names.slice(1).map(next);
    return [...values.map(value => value.toFixed(3)), label(values)].join(',');
  });
  return `${names.join(',')}\n${lines.join('\n')}\n`;
}
