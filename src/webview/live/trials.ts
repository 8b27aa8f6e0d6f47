import { addPoints, noPoints, rowsOf, type Points } from './points';

export type TrialStatus = 'waiting' | 'running' | 'finished' | 'failed';

/** Training of some layers at one rate, from its first step on. */
export interface Stretch {
  /** `train`, `joint`, `head`, `fine-tune`, or a stage's name. */
  readonly phase: string;
  readonly learningRate?: number;
  /** Which try of the tuning budget it belongs to, from 0. */
  readonly candidate: number;
}

/** What a job trains; pre-training is an arm of its own. */
export interface TrialHead {
  readonly id: string;
  readonly arm: string;
  readonly strategy: string;
  readonly variant?: string;
  /** Training examples; absent for pre-training. */
  readonly n?: number;
  readonly seed: number;
}

/** What is new of one trial. */
export interface TrialDelta {
  readonly id: string;
  /** With the first delta. */
  readonly head?: TrialHead;
  readonly status: TrialStatus;
  /** It began anew: points before these are of an attempt that was given up. */
  readonly restarted?: boolean;
  readonly stretches?: readonly Stretch[];
  readonly points?: Float64Array;
  /** The rate that validated best, once that is known. */
  readonly chosenRate?: number;
  /** The run's metric on the test split. */
  readonly value?: number;
  readonly seconds?: number;
  /** Why it failed. */
  readonly message?: string;
}

/** A trial as far as it has come; grows in place, and has another version after each change. */
export interface Trial {
  readonly head: TrialHead;
  status: TrialStatus;
  stretches: Stretch[];
  points: Points;
  chosenRate?: number;
  value?: number;
  seconds?: number;
  message?: string;
  version: number;
}

export type Trials = Map<string, Trial>;

/** Adds what is new. A delta on a trial that was never introduced is left out. */
export function applyDelta(trials: Trials, delta: TrialDelta): void {
  const known = trials.get(delta.id);
  const head = known?.head ?? delta.head;
  if (!head) return;
  const trial = known ?? { head, status: delta.status, stretches: [], points: noPoints(), version: 0 };
  trials.set(delta.id, trial);
  if (delta.restarted === true) {
    trial.stretches = [];
    trial.points = noPoints();
    delete trial.message;
  }
  trial.status = delta.status;
  if (delta.stretches) trial.stretches.push(...delta.stretches);
  if (delta.points) addPoints(trial.points, delta.points);
  if (delta.chosenRate !== undefined) trial.chosenRate = delta.chosenRate;
  if (delta.value !== undefined) trial.value = delta.value;
  if (delta.seconds !== undefined) trial.seconds = delta.seconds;
  if (delta.message !== undefined) trial.message = delta.message;
  trial.version++;
}

/** All of a trial, as one delta for somebody who knows nothing of it yet. */
export function wholeOf(trial: Trial): TrialDelta {
  const { head, status, stretches, points, chosenRate, value, seconds, message } = trial;
  return {
    id: head.id,
    head,
    status,
    stretches: [...stretches],
    points: rowsOf(points),
    ...(chosenRate === undefined ? {} : { chosenRate }),
    ...(value === undefined ? {} : { value }),
    ...(seconds === undefined ? {} : { seconds }),
    ...(message === undefined ? {} : { message }),
  };
}
