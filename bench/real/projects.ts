import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { seededRandom } from '../../src/common/random';

/** A question put to real data: annotations as a user writes them, and files made from the data where needed. */
export interface Question {
  readonly name: string;
  /** What is asked, in words. */
  readonly asks: string;
  readonly task: string;
  /** Of `pilot`, beside the path and the task. */
  readonly options: readonly string[];
  /** The data that it is put to, as names in the folder of the real data. */
  readonly needs: readonly string[];
  /** Files of the folder, by their names; `data` is where the real data is. */
  readonly files: (data: string) => Readonly<Record<string, string>>;
}

export const QUESTIONS: readonly Question[] = [
  {
    name: 'digits',
    asks: 'Multitask: the digit, its parity, and whether it is 5 or more, from 8×8 pixels',
    task: 'digit',
    options: [],
    needs: ['digits.csv'],
    files: data => {
      const { header, rows } = digits(data);
      const lines = rows.map(row => {
        const digit = Number(row.at(-1));
        return [...row, digit % 2 ? 'odd' : 'even', digit >= 5 ? 'large' : 'small'].join(',');
      });
      return {
        'digits.csv': `${[...header, 'parity', 'half'].join(',')}\n${lines.join('\n')}\n`,
        'train.py': [
          '# @dataset digits task=digit,parity,half input=tabular:64 num_examples=1797 label=digit:digit,parity:parity,half:half path=digits.csv',
          '# @task digit target output=class:10 shares_features_with=parity,half',
          '',
        ].join('\n'),
      };
    },
  },
  {
    name: 'animals',
    asks: 'Transfer: from photographs of vehicles to few photographs of animals',
    task: 'animal',
    options: ['--sizes', '30,120'],
    needs: ['cifar10'],
    files: data => ({
      'train.py': [
        `# @dataset vehicles task=vehicle input=image:32x32x3 num_examples=2000 path="${data}/cifar10/*/{airplane,automobile,ship,truck}/*"`,
        `# @dataset animals task=animal input=image:32x32x3 num_examples=3000 path="${data}/cifar10/*/{bird,cat,deer,dog,frog,horse}/*"`,
        '# @task animal target output=class:6 shares_features_with=vehicle',
        '',
      ].join('\n'),
    }),
  },
  {
    name: 'wake-word',
    asks: 'Transfer: from the digits of three speakers to the wake word “seven” of a fourth',
    task: 'wake',
    options: [],
    needs: ['spoken-digits'],
    files: data => ({
      'train.py': [
        `# @dataset three task=spoken-digit input=audio:8kHz num_examples=1500 path="${data}/spoken-digits/{george,jackson,nicolas}/*/*.wav"`,
        `# @dataset lucas task=wake input=audio:8kHz num_examples=500 positive=7 path="${data}/spoken-digits/lucas/*/*.wav"`,
        '# @task wake target output=class:2 shares_features_with=spoken-digit',
        '',
      ].join('\n'),
    }),
  },
  {
    name: 'sums',
    asks: 'Pipeline: the sum of two digits from their images, at once or digit by digit',
    task: 'sum',
    options: [],
    needs: ['digits.csv'],
    files: data => {
      const { header, rows } = digits(data);
      const own = rows.slice(0, 900);
      const others = rows.slice(900);
      const next = seededRandom('pairs');
      const pick = (): readonly string[] => others[Math.floor(next() * others.length)] ?? [];
      const pairs = Array.from({ length: 3000 }, () => {
        const [left, right] = [pick(), pick()];
        return [...left.slice(0, -1), ...right.slice(0, -1), Number(left.at(-1)) + Number(right.at(-1))].join(
          ',',
        );
      });
      const pixels = (side: string): string[] => header.slice(0, -1).map(name => `${side}_${name}`);
      return {
        'digits.csv': `${[...header.slice(0, -1), 'digits'].join(',')}\n${own.map(row => row.join(',')).join('\n')}\n`,
        'pairs.csv': `${[...pixels('left'), ...pixels('right'), 'sum'].join(',')}\n${pairs.join('\n')}\n`,
        'train.py': [
          '# @dataset single task=images->digits input=tabular:64 num_examples=900 label=images->digits:digits path=digits.csv',
          '# @dataset pairs task=sum input=tabular:128 num_examples=3000 label=sum path=pairs.csv',
          '# @task sum target output=real:1 metric=r2',
          '# @pipeline sum: images -> digits -> sum modules=digits->sum:sum',
          '',
        ].join('\n'),
      };
    },
  },
];

/** The digits, each row's last value being the digit itself, in an order that does not depend on it. */
function digits(data: string): {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
} {
  const [header = '', ...lines] = readFileSync(path.join(data, 'digits.csv'), 'utf8').trim().split(/\r?\n/);
  return { header: header.split(','), rows: lines.map(line => line.split(',')) };
}

export function writeProject(folder: string, { files }: Question, data: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files(data))) writeFileSync(path.join(folder, name), text);
}
