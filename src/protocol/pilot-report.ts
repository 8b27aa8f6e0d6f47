import * as v from 'valibot';
import type { Infer } from '../common/validation';
import { condition } from './advise-schema';
import { metricSpec, stageResult } from './job-files';
import { inputColumn } from './preprocessing';
import { raceLook } from './race-file';
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

/** What a comparison with single-task training shows. */
const armOutcome = v.picklist(['better', 'worse', 'tie', 'undecided']);

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
        /** Seeds that both have; absent of runs of earlier versions, as is the outcome. */
        seeds: v.exactOptional(count),
        outcome: v.exactOptional(armOutcome),
      }),
    ),
    v.description(
      'Against single-task at each size; p is Holm-corrected. outcome: tie where the interval is within the margin, better or worse where p is at most 0.05, else undecided.',
    ),
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
  /** Absent of runs of earlier versions, which recommended the cheapest where the data could not tell. */
  outcome: v.exactOptional(
    v.pipe(
      v.picklist(['better', 'tie', 'undecided']),
      v.description(
        'better: the recommended strategy is shown to be better than single-task training, or single-task training than all others. tie: no strategy gains more than the margin. undecided: the data cannot tell, and nothing is recommended.',
      ),
    ),
  ),
  /** Absent where it is undecided. */
  recommendation: v.exactOptional(reportedStrategy),
  /** The arm that stands for it. */
  arm: v.exactOptional(text),
  /** Strategies that are not shown to be worse, the recommended one first. */
  acceptable: v.array(reportedStrategy),
  /** Training examples of the target at which the arms were compared. */
  n: count,
  /** Of the recommended arm; where nothing is recommended, of the one that is ahead, which `arm` names. */
  difference: v.object({
    ...intervalFields,
    against: v.literal('single-task'),
    arm: v.exactOptional(text),
  }),
  /** The difference corrected for having been picked: what the strategy is expected to gain. */
  gain: v.exactOptional(interval),
  /** Why nothing can be told, or not how much a strategy is worth. */
  limit: v.exactOptional(
    v.pipe(
      v.picklist(['one-seed', 'chance', 'saturated']),
      v.description(
        'one-seed: each arm was trained once. chance: no arm is shown to do better than chance. saturated: all arms are within one test example of the best possible value.',
      ),
    ),
  ),
  /** What would decide an undecided comparison if the measured difference is the true one; empty where nothing would. */
  needs: v.exactOptional(
    v.pipe(
      v.object({ seeds: v.exactOptional(count), testExamples: v.exactOptional(count) }),
      v.description('Seeds, or test examples, that would decide if the measured difference is the true one.'),
    ),
  ),
  /** The largest smaller size at which an arm is better than single-task training, where none is at `n`. */
  below: v.exactOptional(v.object({ ...intervalFields, n: count, arm: text })),
  /** The best simple model, where it is not shown to be worse than the recommended arm: its difference to that. */
  simple: v.exactOptional(
    v.object({ ...intervalFields, arm: text, standing: v.picklist(['level', 'ahead']) }),
  ),
  breakEven: v.exactOptional(interval),
  rules: v.object({
    recommendation: reportedStrategy,
    agrees: v.pipe(v.boolean(), v.description('Whether it is the measured recommendation.')),
    /** Compatible: within a tie with it. Open: not ruled out. */
    standing: v.exactOptional(v.picklist(['agrees', 'compatible', 'open', 'differs'])),
  }),
});

/** Why a verdict is worth little, whatever its figures. */
export const doubt = v.object({
  code: v.picklist([
    'leaking-column',
    'split-overlap',
    'group-in-two-splits',
    'suspected-groups',
    'time-order',
  ]),
  message: text,
});

/** What becomes of the columns of the target's data. */
export const datasetInputs = v.object({
  dataset: text,
  columns: v.array(inputColumn),
  /** Columns that are not listed, of a wide table. */
  more: v.exactOptional(count),
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
  doubts: v.exactOptional(v.pipe(v.array(doubt), v.description('Why the verdict is worth little.'))),
  /** What the strategies learned from. */
  inputs: v.exactOptional(v.array(datasetInputs)),
  margin: v.pipe(
    v.number(),
    v.description("The largest difference that counts as a tie, in the metric's own unit."),
  ),
  available: v.pipe(count, v.description("The target's training examples in all.")),
  looks: v.exactOptional(
    v.pipe(
      v.array(raceLook),
      v.description(
        'What was decided after complete rounds at the largest size: an arm without chances gets no more trials.',
      ),
    ),
  ),
  /** Test examples, where the predictions are known. */
  tested: v.exactOptional(count),
  chance: v.exactOptional(
    v.pipe(v.number(), v.description('The metric of a model that does not look at its inputs.')),
  ),
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
export type Doubt = Infer<typeof doubt>;
export type DatasetInputs = Infer<typeof datasetInputs>;
export type PilotReport = Infer<typeof pilotReport>;
