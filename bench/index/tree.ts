import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Random, mulberry32 } from '../../src/common/random';
import { LANGUAGES, type Language } from './languages';

/** A tree of source files on disk, and where its annotations stand. */
export interface Tree {
  readonly root: string;
  readonly sourceFiles: number;
  /** `file:line` of every annotation that must be found, with `/` between folders. */
  readonly annotations: ReadonlySet<string>;
  /** The same for words in strings and code, which a plain search finds as well. */
  readonly decoys: ReadonlySet<string>;
}

const WORDS = [
  'model',
  'batch',
  'image',
  'token',
  'frame',
  'label',
  'score',
  'state',
  'sample',
  'signal',
] as const;
const FILES_PER_FOLDER = 20;
const ANNOTATED_SHARE = 0.01;
const DECOY_SHARE = 0.002;

/** Writes `count` source files of 2 to 8 kB in nested folders, one in a hundred annotated, into `root`. */
export function createTree(root: string, count: number): Tree {
  const random = mulberry32(20_000);
  const annotations = new Set<string>();
  const decoys = new Set<string>();
  const write = (file: string, lines: readonly string[]): void => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), lines.join('\n'));
  };
  for (let i = 0; i < count; i++) {
    const language = pick(random, LANGUAGES);
    const file = `${folderOf(Math.floor(i / FILES_PER_FOLDER))}/${pick(random, WORDS)}_${i}${language.ending}`;
    const lines = source(language, 2000 + random() * 6000, random);
    if (random() < ANNOTATED_SHARE) annotations.add(`${file}:${annotate(lines, language, i)}`);
    if (random() < DECOY_SHARE) decoys.add(`${file}:${lines.push(language.decoy)}`);
    write(file, lines);
  }
  writeIgnored(root, write);
  return { root, sourceFiles: count, annotations, decoys };
}

function folderOf(index: number): string {
  return `packages/part_${index % 40}/src/area_${index % 200}/unit_${index}`;
}

function source(language: Language, size: number, random: () => number): string[] {
  let text = `${language.comment} ${pick(random, WORDS)} and ${pick(random, WORDS)}\n`;
  while (text.length < size)
    text += language.code(
      `${pick(random, WORDS)}_${Math.floor(random() * 1000)}`,
      pick(random, WORDS),
      1 + Math.floor(random() * 100),
    );
  return text.split('\n');
}

/** Puts an annotation behind the first line and returns its line number. */
function annotate(lines: string[], { comment }: Language, index: number): number {
  lines.splice(
    1,
    0,
    `${comment} @dataset data-${index} task=task-${index % 50} input=image:64x64x3 num_examples=${index}`,
  );
  return 2;
}

/** What must not be searched: built files, packages, an environment; and data, which holds no comments. */
function writeIgnored(root: string, write: (file: string, lines: readonly string[]) => void): void {
  mkdirSync(path.join(root, '.git'));
  write('.gitignore', ['build/', 'venv/', '*.generated.ts', '/packages/part_3/out', 'node_modules/', '']);
  write('packages/part_1/.gitignore', ['/scratch', '!kept', '']);
  write('venv/pyvenv.cfg', ['home = /usr/bin']);
  const ignored = [
    'build/out',
    'venv/lib/module',
    'packages/part_3/out/out',
    'packages/part_1/scratch/try',
    'node_modules/some/index',
  ];
  for (let i = 0; i < 100; i++)
    for (const file of ignored)
      write(`${file}_${i}.ts`, [`// @dataset ignored-${i} task=ignored num_examples=${i}`]);
  write('packages/made.generated.ts', ['// @dataset made task=ignored num_examples=1']);
  for (let i = 0; i < 200; i++) write(`${folderOf(i)}/table.csv`, ['id,value', '1,2']);
  appendFileSync(path.join(root, 'packages/part_1/notes.txt'), 'not a source file\n');
}

export function pick<T>(random: Random, values: readonly [T, ...T[]]): T {
  return values[Math.floor(random() * values.length)] ?? values[0];
}
