import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { UserError, errorMessage } from '../../common/errors';
import { shortened } from '../../common/visible-text';
import type { JobContext } from '../../training/job-context';
import type { MetricEvent, Predictions, TrialResult } from '../../protocol/job-files';
import { endTree, ownMark } from '../executors/local/process-tree';
import { JOB } from '../store/run-folder';
import { isOfTestList } from './tested-examples';
import { type OutputLine, readLines } from './bounded-lines';
import { openLog } from './bounded-log';
import { isSameMetric, knownRangeOf } from '../plan/task-metric';
import { type ProgramTrial, type WrittenInputs, environmentOf, writeInputs } from './program-inputs';
import { type ProgramOutput, readOutput } from './program-output';
import {
  metricNotFinite,
  metricNotReported,
  metricOutOfRange,
  otherMetricReported,
  pointsLeftOut,
  programExited,
  programFailed,
  programNotStarted,
} from '../../messages/run-messages';

/** Lines of a program's output that an error shows. */
const LAST_LINES = 12;
/** Characters of each of them, and of the command. */
const LONGEST_LINE = 500;
/** Points of training that a trial keeps, and characters that each may have. */
const MOST_POINTS = 200_000;
const LONGEST_POINT = 65_536;
/** Milliseconds for which output is read on that a program has left to others when it ended. */
const AFTER_END = 2000;

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
  const log = openLog(path.join(context.folder, JOB.log));
  let points = 0;
  let validation: number | undefined;
  const keep = ({ text, isWhole }: OutputLine): void => {
    log.add(isWhole ? text : `${text} …`);
    last.push(shortened(text, LONGEST_LINE));
    if (last.length > LAST_LINES) last.shift();
  };
  const take = (line: OutputLine): void => {
    const read = line.isWhole ? reader.read(line.text, seconds()) : undefined;
    if (typeof read === 'object') validation = better(validation, read, spec);
    if (read === undefined) keep(line);
    else if (read !== 'metric' && line.text.length <= LONGEST_POINT && points++ < MOST_POINTS)
      context.onEvent(read);
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
    const [output, errors] = [readLines(take), readLines(keep)];
    child.stdout.on('data', output.write);
    child.stderr.on('data', errors.write);
    child.once('error', reject);
    let patience: NodeJS.Timeout | undefined;
    child.once('exit', () => {
      // A process that it has left in the background may hold its output open for ever.
      patience = setTimeout(() => {
        endWhatIsLeft();
        child.stdout.destroy();
        child.stderr.destroy();
      }, AFTER_END);
    });
    child.once('close', (code, signal) => {
      clearTimeout(patience);
      output.end();
      errors.end();
      endWhatIsLeft();
      resolve(code === 0 ? undefined : (signal ?? String(code)));
    });
  }).catch((error: unknown) => {
    throw context.signal.aborted ? error : failure(spec, programNotStarted(errorMessage(error)), last);
  });
  log.close();
  if (how !== undefined) throw failure(spec, programExited(how), last);
  const result = resultOf(spec, inputs, { ...reader.output(), validation }, seconds(), last);
  return points > MOST_POINTS
    ? { ...result, warnings: [...result.warnings, pointsLeftOut(MOST_POINTS)] }
    : result;
}

/** Ends what a program has started and not ended; nothing where this process is no worker, and has others to run. */
function endWhatIsLeft(): void {
  const mark = ownMark();
  if (mark !== undefined) endTree({ root: process.pid, fate: 'keep', mark });
}

function resultOf(
  spec: ProgramTrial,
  { examples, tested }: WrittenInputs,
  { metrics, predictions, validation }: ProgramOutput & { readonly validation: number | undefined },
  seconds: number,
  last: readonly string[],
): TrialResult {
  const { name } = spec.metric;
  const value = metrics.get(name) ?? [...metrics].find(([other]) => isSameMetric(other, name))?.[1];
  if (value === undefined) throw failure(spec, notReported(name, [...metrics.keys()]), last);
  if (!Number.isFinite(value)) throw failure(spec, metricNotFinite({ metric: name, value }), last);
  const [low, high] = knownRangeOf(name);
  if (value < low || value > high)
    throw failure(spec, metricOutOfRange({ metric: name, value, low, high }), last);
  return {
    version: 1,
    id: spec.id,
    value,
    metrics: Object.fromEntries(metrics),
    ...(predictions ? { test: predictions, inputs: testedLabels(predictions) } : {}),
    ...(validation === undefined ? {} : { validation, validated: examples.validation }),
    ...(predictions && tested.length > 0 && !isOfTestList(predictions, tested) ? { testsOthers: true } : {}),
    examples: { ...examples, test: predictions?.labels.length ?? 0 },
    seconds,
    warnings: [],
  };
}

/** The better of a program's validations: by it, it will have stopped. */
function better(
  before: number | undefined,
  { validation = {} }: MetricEvent,
  { metric: { name, higherIsBetter } }: ProgramTrial,
): number | undefined {
  const value = Object.entries(validation).find(([other]) => isSameMetric(other, name))?.[1];
  if (value === undefined || !Number.isFinite(value)) return before;
  return before === undefined || value > before === higherIsBetter ? value : before;
}

/** Metrics whose names an error lists. */
const MOST_NAMES = 8;

/** A figure of another metric must not pass as the one that was asked for. */
function notReported(metric: string, reported: readonly string[]): string {
  const example = `{"metric": ${JSON.stringify(metric)}, "value": 0.9}`;
  if (reported.length === 0) return metricNotReported({ metric, example });
  const names = reported.slice(0, MOST_NAMES).map(each => shortened(each, LONGEST_LINE));
  return otherMetricReported({ metric, reported: names.join(', '), example });
}

function failure(spec: ProgramTrial, why: string, last: readonly string[]): ProgramError {
  const command = shortened(spec.program.command.join(' '), LONGEST_LINE);
  const lines = last.length === 0 ? '' : `\n${last.join('\n')}`;
  return new UserError('program', 'program', programFailed({ program: command, reason: why, output: lines }));
}

/** A hash of the labels that a program tested on, in any order: strategies that tested on others cannot be compared. */
function testedLabels({ labels }: Predictions): string {
  const sorted = [...labels].sort((a, b) => a - b);
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16);
}
