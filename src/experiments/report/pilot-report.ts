import type { AdviceOutput } from '../../protocol/advise-output';
import type { StageResult } from '../../training/job-result';

/** A figure with its 95 % interval. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface CurvePoint {
  readonly n: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** The metric of each seed, in the order of the seeds. */
  readonly seeds: readonly number[];
}

/** A fitted data-size curve as points to draw, or why none was fitted. */
export type CurveFit =
  | {
      readonly kind: 'power-law';
      /** metric = a + b·n^−c */
      readonly a: number;
      readonly b: number;
      readonly c: number;
      readonly points: readonly (Interval & { readonly n: number; readonly extrapolated: boolean })[];
      /** What the curve without the largest size said about it. */
      readonly heldOut?: { readonly n: number; readonly predicted: number; readonly measured: number };
    }
  | { readonly kind: 'ill-behaved'; readonly reason: string };

export interface StageReport extends StageResult {
  /** What its errors cost the pipeline, in the run's metric: what true output of it, after true input, gains. */
  readonly cost?: Interval;
}

export interface TaskReport {
  readonly metric: string;
  readonly value: number;
  /** Of the target trained alone; of another task, of training without the target, as pre-training does. */
  readonly alone?: number;
  /** What training together gained it, or lost where it is negative, in its own metric. */
  readonly gain?: Interval;
}

export interface ArmReport {
  readonly id: string;
  readonly strategy: string;
  readonly variant?: string;
  readonly from: readonly string[];
  readonly curve: readonly CurvePoint[];
  readonly fit?: CurveFit;
  /** Against single-task on the same seeds and test examples, at each size that both have. */
  readonly differences: readonly (Interval & {
    readonly n: number;
    /** Holm-corrected over the arms of this size. */
    readonly p: number;
  })[];
  /** How many more labelled examples single-task training would need; `atLeast` where only a bound is known. */
  readonly effectiveExamples?: readonly (Interval & { readonly n: number; readonly atLeast?: boolean })[];
  readonly breakEven?: Interval;
  /** Of a pipeline, at the largest size: means over seeds. */
  readonly stages?: readonly StageReport[];
  /** Of multitask training, at the largest size: the target, and the tasks that were trained along. */
  readonly tasks?: Readonly<Record<string, TaskReport>>;
  /** Mean seconds of a trial at the largest size. */
  readonly seconds: number;
}

export interface Verdict {
  /** A strategy. */
  readonly recommendation: string;
  /** The arm that stands for it. */
  readonly arm: string;
  readonly acceptable: readonly string[];
  /** Training examples of the target at which the arms were compared. */
  readonly n: number;
  readonly difference: Interval & { readonly against: 'single-task' };
  readonly breakEven?: Interval;
  readonly rules: { readonly recommendation: string; readonly agrees: boolean };
}

/** What a pilot found: what `pilot --json` prints and what the charts draw. */
export interface PilotReport {
  readonly version: 1;
  readonly run: string;
  readonly task: string;
  readonly metric: { readonly name: string; readonly higherIsBetter: boolean };
  readonly arms: readonly ArmReport[];
  /** Absent until single-task and another arm share a size. */
  readonly verdict?: Verdict;
  /** False where not all planned trials finished. */
  readonly complete: boolean;
  readonly warnings: readonly string[];
  /** How close to the best still counts as *either*, in the metric's own unit. */
  readonly margin: number;
  /** The target's training examples in all. */
  readonly available: number;
  /** What the rules rested on. */
  readonly conditions: AdviceOutput['conditions'];
}
