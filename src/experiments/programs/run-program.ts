import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { errorMessage } from '../../common/errors';
import { UserError } from '../../common/errors';
import type { JobContext } from '../../training/job-context';
import type { Predictions, TrialResult } from '../../protocol/job-files';
import { JOB } from '../store/run-folder';
import { type ProgramTrial, environmentOf, writeInputs } from './program-inputs';
import { type ProgramOutput, readOutput } from './program-output';
import {
  metricNotFinite,
  metricNotReported,
  programExited,
  programFailed,
  programNotStarted,
} from '../../messages/run-messages';

/** Lines of a program's output that an error shows. */
const LAST_LINES = 12;

/** A user's program that did not do what a trial needs; says which, and its last lines. */
export type ProgramError = UserError<'program'>;

/**
 * Runs the user's own training program for one trial. No shell reads its command; it runs in the folder that it was
 * annotated in, and what it writes beside metrics goes to `log.txt`.
 *
 * @param check refuses, at the last moment, a program that is not what the user has allowed
 * @throws ProgramError where it cannot be started, fails, or reports no metric
 */
export async function runProgram(
  spec: ProgramTrial,
  context: JobContext,
  check: () => Promise<void>,
): Promise<TrialResult> {
  const inputs = await writeInputs(spec, context);
  await check();
  const start = performance.now();
  const seconds = (): number => (performance.now() - start) / 1000;
  const reader = readOutput();
  const last: string[] = [];
  const log = createWriteStream(path.join(context.folder, JOB.log));
  // A log that cannot be written is no reason to lose a trial.
  log.on('error', () => undefined);
  const keep = (line: string): void => {
    log.write(`${line}\n`);
    last.push(line);
    if (last.length > LAST_LINES) last.shift();
  };
  const how = await new Promise<string | undefined>((resolve, reject) => {
    const [program = '', ...args] = spec.program.command;
    const child = spawn(program, args, {
      cwd: spec.program.cwd,
      env: {
        ...process.env,
        PYTHONUNBUFFERED: '1',
        ...environmentOf(spec, inputs, path.join(context.folder, JOB.model)),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: context.signal,
      shell: false,
      windowsHide: true,
    });
    createInterface({ input: child.stdout }).on('line', line => {
      const read = reader.read(line, seconds());
      if (read === undefined) keep(line);
      else if (read !== 'metric') context.onEvent(read);
    });
    createInterface({ input: child.stderr }).on('line', keep);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve(code === 0 ? undefined : (signal ?? String(code)));
    });
  }).catch((error: unknown) => {
    throw context.signal.aborted ? error : failure(spec, programNotStarted(errorMessage(error)), last);
  });
  log.end();
  if (how !== undefined) throw failure(spec, programExited(how), last);
  return resultOf(spec, reader.output(), seconds(), last);
}

function resultOf(
  spec: ProgramTrial,
  { metrics, predictions }: ProgramOutput,
  seconds: number,
  last: readonly string[],
): TrialResult {
  const { name } = spec.metric;
  const value = metrics.get(name) ?? (metrics.size === 1 ? [...metrics.values()][0] : undefined);
  if (value === undefined)
    throw failure(
      spec,
      metricNotReported({ metric: name, example: `{"metric": "${name}", "value": 0.9}` }),
      last,
    );
  if (!Number.isFinite(value)) throw failure(spec, metricNotFinite({ metric: name, value }), last);
  return {
    version: 1,
    id: spec.id,
    value,
    metrics: Object.fromEntries(metrics),
    ...(predictions ? { test: predictions, inputs: testedLabels(predictions) } : {}),
    examples: { train: spec.n, validation: 0, test: predictions?.labels.length ?? 0 },
    seconds,
    warnings: [],
  };
}

function failure(spec: ProgramTrial, why: string, last: readonly string[]): ProgramError {
  const command = spec.program.command.join(' ');
  const lines = last.length === 0 ? '' : `\n${last.join('\n')}`;
  return new UserError('program', 'program', programFailed({ program: command, reason: why, output: lines }));
}

/** A hash of the labels that a program tested on, in any order: strategies that tested on others cannot be compared. */
function testedLabels({ labels }: Predictions): string {
  const sorted = [...labels].sort((a, b) => a - b);
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16);
}
