import * as v from 'valibot';
import type { Infer } from '../common/validation';
import { condition } from './advise-output';
import { metricSpec, stageResult } from './job-files';
import { byName, count, figure, figures, reportedStrategy, text, texts } from './schema-helpers';

/** A figure with its 95 % interval. */
const intervalFields = { value: figure, low: figure, high: figure };
export const interval = v.object(intervalFields);

export const curvePoint = v.object({
  n: count,
  mean: figure,
  low: figure,
  high: figure,
  /** The metric of each seed, in the order of the seeds. */
  seeds: figures,
});

/** A fitted data-size curve as points to draw, or why none was fitted. */
export const curveFit = v.variant('kind', [
  v.object({
    kind: v.literal('power-law'),
    /** metric = a + b·n^−c */
    a: figure,
    b: figure,
    c: figure,
    points: v.array(v.object({ ...intervalFields, n: v.number(), extrapolated: v.boolean() })),
    /** What the curve without the largest size said about it. */
    heldOut: v.exactOptional(v.object({ n: v.number(), predicted: figure, measured: figure })),
  }),
  v.object({ kind: v.literal('ill-behaved'), reason: text }),
]);

const stageReport = v.object({
  ...stageResult.entries,
  /** What its errors cost the pipeline, in the run's metric: what true output of it, after true input, gains. */
  cost: v.exactOptional(interval),
});

const taskReport = v.object({
  metric: text,
  value: figure,
  /** Of the target trained alone; of another task, of training without the target, as pre-training does. */
  alone: v.exactOptional(figure),
  /** What training together gained it, or lost where it is negative, in its own metric. */
  gain: v.exactOptional(interval),
});

export const armReport = v.object({
  id: text,
  strategy: reportedStrategy,
  variant: v.exactOptional(text),
  from: texts,
  curve: v.array(curvePoint),
  fit: v.exactOptional(curveFit),
  /** Against single-task on the same seeds and test examples, at each size that both have. */
  differences: v.pipe(
    v.array(
      v.object({
        ...intervalFields,
        n: count,
        /** Holm-corrected over the arms of this size. */
        p: figure,
      }),
    ),
    v.description('Against single-task at each size; p is Holm-corrected.'),
  ),
  /** How many more labelled examples single-task training would need; `atLeast` where only a bound is known. */
  effectiveExamples: v.exactOptional(
    v.array(v.object({ ...intervalFields, n: count, atLeast: v.exactOptional(v.boolean()) })),
  ),
  breakEven: v.exactOptional(interval),
  /** Of a pipeline, at the largest size: means over seeds. */
  stages: v.exactOptional(v.array(stageReport)),
  /** Of multitask training, at the largest size: the target, and the tasks that were trained along. */
  tasks: v.exactOptional(byName(taskReport)),
  /**
   * At the largest size, of one candidate, pre-training included: the most steps, those that were run, and whether most
   * trials still improved when theirs ended.
   */
  steps: v.exactOptional(v.object({ budget: count, used: count, improving: v.boolean() })),
  /** Mean seconds of a trial at the largest size, with the pre-training that it needs. */
  seconds: figure,
});

export const verdict = v.object({
  recommendation: reportedStrategy,
  /** The arm that stands for it. */
  arm: text,
  acceptable: v.array(reportedStrategy),
  /** Training examples of the target at which the arms were compared. */
  n: count,
  difference: v.object({ ...intervalFields, against: v.literal('single-task') }),
  /** The difference corrected for having been picked: what the strategy is expected to gain. */
  gain: v.exactOptional(interval),
  /** The best simple model, where it is not shown to be worse than the recommended arm: its difference to that. */
  simple: v.exactOptional(
    v.object({ ...intervalFields, arm: text, standing: v.picklist(['level', 'ahead']) }),
  ),
  breakEven: v.exactOptional(interval),
  rules: v.object({ recommendation: reportedStrategy, agrees: v.boolean() }),
});

/** What a pilot found: `report.json`, what `pilot --json` prints, and what the charts draw. */
export const pilotReport = v.object({
  version: v.literal(1),
  run: text,
  task: text,
  metric: metricSpec,
  arms: v.array(armReport),
  /** Absent until single-task and another arm share a size. */
  verdict: v.exactOptional(verdict),
  complete: v.pipe(v.boolean(), v.description('False where not all planned trials finished.')),
  warnings: texts,
  margin: v.pipe(
    v.number(),
    v.description("How close to the best still counts as either, in the metric's own unit."),
  ),
  available: v.pipe(count, v.description("The target's training examples in all.")),
  /** What the rules rested on. */
  conditions: v.array(condition),
});

export type Interval = Infer<typeof interval>;
export type CurvePoint = Infer<typeof curvePoint>;
export type CurveFit = Infer<typeof curveFit>;
export type StageReport = Infer<typeof stageReport>;
export type TaskReport = Infer<typeof taskReport>;
export type ArmReport = Infer<typeof armReport>;
export type Verdict = Infer<typeof verdict>;
export type PilotReport = Infer<typeof pilotReport>;
