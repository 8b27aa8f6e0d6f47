import type { MetricEvent } from '../../training/result';
import type { JobSpec } from '../../training/spec';
import type { RunDelta } from '../../runs/store/watch';
import type { RunManifest } from '../../runs/types';
import type { RunFacts, RunStatus, ToRunPage } from '../protocol';
import { createEncoder, type Encoder } from './encode';
import { secondsLeft } from './time-left';
import { applyDelta, wholeOf, type Trial, type TrialDelta, type TrialHead, type Trials } from './trials';

type Of<Kind extends ToRunPage['kind']> = Extract<ToRunPage, { readonly kind: Kind }>;

/** A run as its host knows it: all that a page needs, whenever one is opened. */
export interface RunState {
  /** Takes in what is new on disk, and gives what a page that knows the rest has to be told. */
  readonly take: (delta: RunDelta, specOf: (job: string) => JobSpec | undefined) => Of<'delta'>;
  /** All there is, for a page that knows nothing. */
  readonly whole: () => Pick<Of<'open'>, 'trials' | 'status' | 'report'>;
  readonly trials: () => readonly Trial[];
}

export function createRunState({ jobs, metric }: RunManifest): RunState {
  const trials: Trials = new Map();
  const encoders = new Map<string, Encoder>();
  const planned = jobs.filter(id => !id.startsWith('pretrain-'));
  let report: RunDelta['report'];
  let state: RunDelta['state'];
  const encode = (
    id: string,
    events: readonly MetricEvent[],
    isNew: boolean,
  ): ReturnType<Encoder['encode']> => {
    const encoder = (isNew ? undefined : encoders.get(id)) ?? createEncoder(metric.name);
    encoders.set(id, encoder);
    return encoder.encode(events);
  };
  const status = (): RunStatus => {
    const all = [...trials.values()];
    const isTrial = new Set(planned);
    const count = (wanted: string): number =>
      all.filter(trial => trial.status === wanted && isTrial.has(trial.head.id)).length;
    const waiting = jobs.filter(id => (trials.get(id)?.status ?? 'waiting') === 'waiting');
    const left = state?.state === 'running' ? secondsLeft(all, waiting) : undefined;
    return {
      state: state?.state ?? 'interrupted',
      finished: count('finished'),
      failed: count('failed'),
      total: planned.length,
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
        kind: 'delta',
        trials: told,
        status: status(),
        ...(delta.report ? { report: delta.report } : {}),
      };
    },
    trials: () => [...trials.values()],
    whole: () => ({
      trials: [...trials.values()].map(wholeOf),
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
