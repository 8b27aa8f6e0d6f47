// npm run pilot:real [-- NAME…] [--json]: pilots on the real data, as a user runs them, and what they find.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { PilotReport } from '../../src/protocol/pilot-report';
import { verdictText } from '../../src/experiments/report/run-summary-text';
import { QUESTIONS, type Question, writeProject } from './projects';
import { REAL_DATA, missingData } from './real-data';

const ROOT = path.resolve(import.meta.dirname, '../..');

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
});

interface Answer {
  readonly question: Question;
  readonly report: PilotReport;
  readonly seconds: number;
}

function ask(question: Question): Answer {
  const folder = path.join(tmpdir(), 'strategy-advisor-real', question.name);
  rmSync(folder, { recursive: true, force: true });
  writeProject(folder, question, REAL_DATA);
  const start = performance.now();
  const { stdout, status } = spawnSync(
    process.execPath,
    [
      path.join(ROOT, 'dist/cli.mjs'),
      'pilot',
      folder,
      '--task',
      question.task,
      '--exhaustive',
      ...question.options,
      // Photographs and recordings stay where they are.
      '--allow-outside',
      REAL_DATA,
      '--json',
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 2 ** 28 },
  );
  if (status !== 0) throw new Error(`${question.name} ended with ${String(status)}`);
  return { question, report: JSON.parse(stdout) as PilotReport, seconds: (performance.now() - start) / 1000 };
}

/** Means over seeds, one row for each arm and one column for each size. */
function table({ arms }: PilotReport): string[] {
  const sizes = [...new Set(arms.flatMap(({ curve }) => curve.map(({ n }) => n)))].sort((a, b) => a - b);
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    row(['arm', ...sizes.map(String)]),
    row(['---', ...sizes.map(() => '---:')]),
    ...arms.map(({ id, curve }) =>
      row([id, ...sizes.map(n => curve.find(point => point.n === n)?.mean.toFixed(3) ?? '')]),
    ),
  ];
}

const chosen = QUESTIONS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const skipped = chosen.filter(({ name, needs }) => {
  const missing = missingData(...needs);
  if (missing !== undefined) console.error(`${name} skipped: ${missing}`);
  return missing !== undefined;
});
const answers = chosen.filter(question => !skipped.includes(question)).map(ask);
if (values.json)
  console.log(JSON.stringify(answers.map(({ question, ...rest }) => ({ name: question.name, ...rest }))));
else {
  console.log(`${cpus()[0]?.model ?? ''}, ${availableParallelism()} cores\n`);
  for (const { question, report, seconds } of answers)
    console.log(
      [
        `### ${question.asks}`,
        '',
        `${verdictText(report)} (${report.metric.name}; ${seconds.toFixed(0)} s)`,
        '',
        ...table(report),
        '',
      ].join('\n'),
    );
}
