import * as v from 'valibot';
import type { Infer } from '../common/validation';
import { jobFailure, metricEvent, programSpec } from './job-files';
import { unchangedProblem } from './problem';
import { pilotDecision } from './project-file';
import { effort, raceLook } from './race-file';
import { queueState } from './run-files';
import { byName, count, line, text, texts } from './schema-helpers';

/** Messages between the processes that run trials: an editor, what plans and executes for it, and the workers that train. */

/** What a run tells a worker. */
export const workerOrder = v.object({
  kind: v.literal('job'),
  /** The folder of the run. */
  run: text,
  job: text,
  cache: text,
  /** Hashes of the code that the user has allowed: nothing else runs. */
  allowed: texts,
  /** The display language's bundle, as JSON. */
  messages: text,
});

/** What a worker tells its run. */
export const workerReport = v.variant('kind', [
  v.object({ kind: v.literal('ready') }),
  v.object({ kind: v.literal('event'), job: text, event: metricEvent }),
  v.object({ kind: v.literal('finished'), job: text }),
  v.object({ kind: v.literal('failed'), job: text, failure: jobFailure }),
  /** The run's folder cannot be written: no other job will fare better. */
  v.object({ kind: v.literal('fatal'), job: text, code: text, message: text }),
]);

export type WorkerOrder = Infer<typeof workerOrder>;
export type WorkerReport = Infer<typeof workerReport>;

/** How an element of a job array of Slurm runs its job. */
export const trialProgram = v.object({
  /** Runs `trial FOLDER`: a program and its arguments, none of which a shell reads. */
  command: texts,
  /** The user's own options of `sbatch`. */
  options: texts,
});

/** What a path names on this machine. */
const dataPath = v.variant('kind', [
  v.object({
    kind: v.literal('local'),
    path: text,
    list: v.exactOptional(texts),
    fragment: v.exactOptional(text),
    readable: v.exactOptional(texts),
    exists: v.boolean(),
  }),
  v.object({ kind: v.literal('outside'), file: text, place: text, allow: text }),
  v.object({ kind: v.literal('remote'), url: text }),
]);

const requestBase = {
  /** The display language's bundle, as JSON. */
  messages: text,
  workers: v.exactOptional(count),
  /** Where Slurm runs the trials. */
  slurm: v.exactOptional(trialProgram),
  /** Hashes of what the user has allowed to run. */
  allowed: texts,
  /** Milliseconds. */
  budget: v.exactOptional(v.number()),
  /** Milliseconds that one trial may take, where the run is a pilot. */
  pilotLimit: v.exactOptional(v.number()),
};

/** What is left of a run, to be executed. */
const executionRequest = v.object({ ...requestBase, kind: v.literal('resume'), folder: text });

/** What an editor asks a runner for, one request for each runner, or that it gives up planning. */
export const runnerRequest = v.variant('kind', [
  v.object({
    ...requestBase,
    kind: v.picklist(['pilot', 'train']),
    workspace: text,
    problem: unchangedProblem,
    task: text,
    /** What the paths of the annotations name, by the annotations' keys. */
    places: byName(dataPath),
    /** Of a pilot: what the project decides. */
    decision: v.exactOptional(pilotDecision),
    /** Of a pilot: how many trials it takes; the usual unless given. */
    effort: v.exactOptional(effort),
    /** Of a training: an arm or a strategy. */
    arm: v.exactOptional(text),
    program: v.exactOptional(programSpec),
  }),
  executionRequest,
]);

/** What an editor says in place of a request, to end the planning. */
export const STOP = 'stop';

/** How far a run is. */
export const runProgress = v.object({
  finished: count,
  failed: count,
  total: count,
  /** Absent until a job has finished. */
  secondsLeft: v.exactOptional(v.number()),
  /** The job that this is about. */
  job: v.exactOptional(text),
  event: v.exactOptional(metricEvent),
  failure: v.exactOptional(jobFailure),
  /** What a complete round has decided. */
  look: v.exactOptional(raceLook),
  /** Where Slurm runs the jobs: what of them is in its queue. */
  queue: v.exactOptional(queueState),
});

/** What a runner tells the editor, until the run goes on in a process of its own. */
export const runnerReport = v.variant('kind', [
  v.object({ kind: v.literal('planned'), folder: text, inputs: texts, warnings: texts }),
  /** A process has taken the run, and goes on without the editor: its folder says how far it is. */
  v.object({ kind: v.literal('started'), folder: text }),
  v.object({
    kind: v.literal('failed'),
    message: text,
    /** Where an annotation is concerned: a file as the problem calls it, a line from 1. */
    where: v.exactOptional(v.object({ file: text, line })),
  }),
]);

export type TrialProgram = Infer<typeof trialProgram>;
export type RunnerRequest = Infer<typeof runnerRequest>;
export type ExecutionRequest = Infer<typeof executionRequest>;
export type RunProgress = Infer<typeof runProgress>;
export type RunnerReport = Infer<typeof runnerReport>;
