import type { RunManifest } from '../../protocol/run-files';
import type { RunDelta } from '../../experiments/store/watch-run';
import type { JobSpec, MetricEvent } from '../../protocol/job-files';
import type { RunContent, RunContentDelta, RunFacts, RunStatus } from './run-page-messages';
import {
  COLUMN,
  POINT_WIDTH,
  type Stretch,
  type Trial,
  type TrialDelta,
  type TrialHead,
  type Trials,
  applyDelta,
  fullDelta,
  valueAt,
} from './trial-points';
import { entryOf } from '../../common/named-entries';

/** Where a trial's events have come to. */
interface EventEncoder {
  /** The stretches of new events that are new themselves, and all of their points. */
  readonly encode: (events: readonly MetricEvent[]) => {
    readonly stretches: readonly Stretch[];
    readonly points: Float64Array;
  };
}

/**
 * Makes points of a trial's events, one after another. A stretch ends with its phase or its rate; a candidate ends
 * where a phase that it has been through begins again.
 */
export function createEventEncoder(metric: string): EventEncoder {
  let count = 0;
  let last: (Stretch & { readonly step: number }) | undefined;
  let phases = new Set<string>();
  return {
    encode(events) {
      const stretches: Stretch[] = [];
      const points = new Float64Array(events.length * POINT_WIDTH);
      for (const [i, event] of events.entries()) {
        const { phase, learningRate, step } = event;
        if (!last || phase !== last.phase || learningRate !== last.learningRate || step < last.step) {
          const isAgain = phases.has(phase);
          if (isAgain) phases = new Set();
          phases.add(phase);
          const stretch = {
            phase,
            candidate: (last?.candidate ?? 0) + Number(isAgain),
            ...(typeof learningRate === 'number' ? { learningRate } : {}),
          };
          stretches.push(stretch);
          count++;
          last = { ...stretch, step };
        }
        last = { ...last, step };
        points.set(rowOf(event, metric, count - 1), i * POINT_WIDTH);
      }
      return { stretches, points };
    },
  };
}

function rowOf(event: MetricEvent, metric: string, stretch: number): number[] {
  const row = new Array<number>(POINT_WIDTH).fill(NaN);
  row[COLUMN.seconds] = number(event.t);
  row[COLUMN.step] = number(event.step);
  row[COLUMN.epoch] = number(event.epoch);
  row[COLUMN.loss] = number(event.loss);
  row[COLUMN.validationLoss] = number(event.validation?.['loss']);
  row[COLUMN.metric] = number(entryOf(event.validation, metric));
  row[COLUMN.stretch] = stretch;
  return row;
}

/** JSON has no NaN: a loss that diverged is null in the file. */
function number(value: unknown): number {
  if (value === null || (typeof value === 'number' && !Number.isFinite(value))) return Infinity;
  return typeof value === 'number' ? value : NaN;
}

/** Trials that differ in their seed only take about the same time. */
const withoutSeed = (id: string): string => id.replace(/-s\d+$/, '');

/**
 * Seconds until all trials have finished, from how long the others took; `undefined` before the first has finished.
 *
 * @param waiting ids of jobs that have not begun
 */
function secondsLeft(trials: readonly Trial[], waiting: readonly string[]): number | undefined {
  const known = new Map<string, number>();
  for (const { head, seconds } of trials) if (seconds !== undefined) known.set(withoutSeed(head.id), seconds);
  if (known.size === 0) return undefined;
  // Sizes that have not been reached take longer than all before.
  const longest = Math.max(...known.values());
  const whole = (id: string): number => known.get(withoutSeed(id)) ?? longest;
  const running = trials.filter(({ status }) => status === 'running');
  const begun = running.map(({ head, points }) => {
    const spent = points.length > 0 ? valueAt(points, points.length - 1, 'seconds') : 0;
    return Math.max(0, whole(head.id) - spent);
  });
  const left = [...begun, ...waiting.map(whole)].reduce((sum, each) => sum + each, 0);
  return left / Math.max(1, running.length);
}

/** A run as its host knows it: all that a page needs, whenever one is opened. */
export interface RunState {
  /** Takes in what is new on disk, and gives what a page that knows the rest has to be told. */
  readonly take: (delta: RunDelta, specOf: (job: string) => JobSpec | undefined) => RunContentDelta;
  /** All there is, for a page that knows nothing. */
  readonly whole: () => Omit<RunContent, 'facts'>;
  readonly trials: () => readonly Trial[];
}

export function createRunState({ jobs, metric }: RunManifest): RunState {
  const trials: Trials = new Map();
  const encoders = new Map<string, EventEncoder>();
  const planned = jobs.filter(id => !id.startsWith('pretrain-'));
  let report: RunDelta['report'];
  let state: RunDelta['state'];
  const encode = (
    id: string,
    events: readonly MetricEvent[],
    isNew: boolean,
  ): ReturnType<EventEncoder['encode']> => {
    const encoder = (isNew ? undefined : encoders.get(id)) ?? createEventEncoder(metric.name);
    encoders.set(id, encoder);
    return encoder.encode(events);
  };
  const status = (): RunStatus => {
    const all = [...trials.values()];
    const isTrial = new Set(planned);
    const count = (wanted: string): number =>
      all.filter(trial => trial.status === wanted && isTrial.has(trial.head.id)).length;
    const waiting = jobs.filter(id => (trials.get(id)?.status ?? 'waiting') === 'waiting');
    const left =
      state?.state === 'running' ? (state.progress?.secondsLeft ?? secondsLeft(all, waiting)) : undefined;
    return {
      state: state?.state ?? 'interrupted',
      finished: count('finished'),
      failed: count('failed'),
      total: state?.progress?.trials ?? planned.length,
      ...(left === undefined ? {} : { secondsLeft: left }),
      ...(state?.message === undefined ? {} : { message: state.message }),
    };
  };
  return {
    take(delta, specOf) {
      if (delta.state) ({ state } = delta);
      if (delta.report) ({ report } = delta);
      const told = delta.jobs.flatMap((job): TrialDelta[] => {
        const head = trials.has(job.id) ? undefined : headOf(specOf(job.id));
        if (!head && !trials.has(job.id)) return [];
        const { id, restarted, result, failure } = job;
        const { stretches, points } = encode(id, job.events, restarted);
        return [
          {
            id,
            status: job.status,
            ...(head ? { head } : {}),
            ...(restarted ? { restarted } : {}),
            ...(stretches.length > 0 ? { stretches } : {}),
            ...(points.length > 0 ? { points } : {}),
            ...(result?.chosen ? { chosenRate: result.chosen.learningRate } : {}),
            ...(result ? { value: result.value } : {}),
            ...(typeof result?.seconds === 'number' ? { seconds: result.seconds } : {}),
            ...(failure ? { message: failure.message } : {}),
          },
        ];
      });
      for (const each of told) applyDelta(trials, each);
      return {
        trials: told,
        status: status(),
        ...(delta.report ? { report: delta.report } : {}),
      };
    },
    trials: () => [...trials.values()],
    whole: () => ({
      trials: [...trials.values()].map(fullDelta),
      status: status(),
      ...(report ? { report } : {}),
    }),
  };
}

function headOf(spec: JobSpec | undefined): TrialHead | undefined {
  if (!spec) return undefined;
  const { id, seed } = spec;
  if (spec.kind === 'pretrain') return { id, seed, arm: 'pretrain', strategy: 'transfer' };
  const { arm, n } = spec;
  return {
    ...{ id, seed, n, arm: arm.id, strategy: arm.strategy },
    ...(arm.variant === undefined ? {} : { variant: arm.variant }),
  };
}

/** What a page says of a run besides its trials. */
export function factsOf(manifest: RunManifest): RunFacts {
  const { id, kind, task, started, name, notes, metric, available } = manifest;
  return {
    ...{ id, kind, task, started, available },
    metric: { name: metric.name, higherIsBetter: metric.higherIsBetter },
    warnings: [...manifest.warnings],
    ...(name === undefined ? {} : { name }),
    ...(notes === undefined ? {} : { notes }),
  };
}
