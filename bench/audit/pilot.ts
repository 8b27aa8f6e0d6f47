import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sfc32 } from '../../src/common/random';
import type { PilotReport } from '../../src/protocol/pilot-report';

const CLI = path.resolve(import.meta.dirname, '../../dist/cli.mjs');

export interface Project {
  readonly files: Readonly<Record<string, string>>;
  /** The folder of the files below that of the annotations. */
  readonly folder?: string;
  readonly annotations: readonly string[];
  readonly task: string;
  /** Of the command line. */
  readonly options: readonly string[];
}

/** Runs a pilot as a user does, with the product as it was built, and gives its report. */
export function pilot({ files, folder: below = '.', annotations, task, options }: Project): PilotReport {
  const folder = mkdtempSync(path.join(tmpdir(), 'strategy-advisor-audit-'));
  try {
    mkdirSync(path.join(folder, below), { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, below, name), text);
    writeFileSync(path.join(folder, 'train.py'), annotations.map(line => `# ${line}\n`).join(''));
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [CLI, 'pilot', folder, '--task', task, ...options, '--json'],
      { encoding: 'utf8', env: { ...process.env, LANG: 'C' }, maxBuffer: 2 ** 28 },
    );
    if (status !== 0) throw new Error(`The pilot ended with ${String(status)}: ${stderr.slice(-2000)}`);
    return JSON.parse(stdout) as PilotReport;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The mean of an arm at the largest size that it was measured at. */
export function levelOf({ arms }: PilotReport, id: string): number {
  return arms.find(arm => arm.id === id)?.curve.at(-1)?.mean ?? NaN;
}

export type Row = readonly number[];

/** Rows of numbers from −1 to 1. */
export function randomRows(count: number, columns: number, seed: number): Row[] {
  const random = sfc32(seed);
  return Array.from({ length: count }, () => Array.from({ length: columns }, () => 2 * random() - 1));
}

/** A table of rows with labels. */
export function csv(
  rows: readonly Row[],
  labels: Readonly<Record<string, (row: Row, i: number) => string | number>>,
  column = 'x',
): string {
  const names = (rows[0] ?? []).map((_, i) => `${column}${i}`);
  const lines = rows.map((row, i) =>
    [...row.map(value => value.toFixed(5)), ...Object.values(labels).map(label => label(row, i))].join(','),
  );
  return `${[...names, ...Object.keys(labels)].join(',')}\n${lines.join('\n')}\n`;
}

/** A coin for each row, which its inputs tell nothing of. */
export function coins(count: number, seed: number): readonly number[] {
  const random = sfc32(seed);
  return Array.from({ length: count }, () => Number(random() < 0.5));
}
