import type { FileLocation } from '../language/learning-problem';
import type { Size, Unit } from '../language/annotation-model';
import type { CitationId } from './citations';

export type Strategy = 'end-to-end' | 'pipeline' | 'single-task' | 'transfer' | 'multitask';
export type Decision = 'decomposition' | 'learning';
/** `assumed`: nothing declared, inferred; `unknown`: it cannot be told from the annotations. */
export type Status = 'met' | 'unmet' | 'assumed' | 'unknown';
export type Confidence = 'high' | 'medium' | 'low';

/** A value that a statement or note names. */
export type Fact = string | number | Size | readonly string[];

export type ConditionId =
  | 'same-input'
  | 'source-has-more-data'
  | 'features-help'
  | 'target-not-ample'
  | 'others-have-more-data'
  | 'no-dominant-task'
  | 'network-large-enough'
  | 'missing-labels-masked'
  | 'enough-for-end-to-end'
  | 'steps-not-worth-their-cost'
  | 'end-to-end-data-short'
  | 'stage-has-more-data'
  | 'stage-engineered'
  | 'target-ample'
  | 'nothing-else-holds';

export interface Condition {
  readonly id: ConditionId;
  readonly strategy: Strategy;
  readonly status: Status;
  /** Which wording of the statement applies, where there are several: the reason it is (un)met. */
  readonly variant?: string;
  readonly facts: readonly Fact[];
  readonly evidence: readonly FileLocation[];
  readonly source: CitationId;
}

export type NoteId =
  | 'ask-own-size'
  | 'ask-source-size'
  | 'ask-stage-data'
  | 'ask-output'
  | 'no-data'
  | 'units-differ'
  | 'convert-channels'
  | 'resample-audio'
  | 'fine-tune-head'
  | 'fine-tune-gradually'
  | 'fine-tune-everything'
  | 'freeze-batch-norm'
  | 'mask-missing-labels'
  | 'sample-by-temperature'
  | 'tune-loss-weights'
  | 'fine-tune-on-target'
  | 'network-too-small'
  | 'count-instances'
  | 'localisation-gains-less'
  | 'other-sources'
  | 'pretrain-on-all'
  | 'transfer-converges-sooner'
  | 'single-task-is-cheapest'
  | 'multitask-one-network'
  | 'tuning-decides'
  | 'stages-decided-separately'
  | 'merged-stages'
  | 'measured-stale'
  | 'rules-disagree'
  | 'rules-agree';

export interface Note {
  readonly id: NoteId;
  readonly facts: readonly Fact[];
}

/** A size at which the advice becomes another, found by running the advisor on changed sizes. */
export interface AdviceChange {
  /** `chest-xray.num_examples`, `pneumonia.num_params`. */
  readonly variable: string;
  readonly operator: '>=' | '<=';
  readonly value: number;
  readonly unit: Unit | 'parameters';
  readonly to: Strategy;
}

/** How much labelled target data a strategy is worth, with an interval. */
export interface EffectiveExamples {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly unit: Unit;
}

/** What a pilot measured of the recommended strategy, against single-task training on the same data. */
export interface Measurement {
  readonly metric: string;
  readonly higherIsBetter: boolean;
  /** In the metric's own unit, with a 95 % interval; absent where single-task training itself is recommended. */
  readonly difference?: { readonly value: number; readonly low: number; readonly high: number };
  /** Training examples at which the strategies were compared. */
  readonly n: number;
  /** The size from which the recommended strategy gains nothing over single-task training. */
  readonly breakEven?: number;
  /** The data or the annotations are no longer those that were measured. */
  readonly stale: boolean;
  /** The id of the run. */
  readonly run: string;
}

/** One of the two decisions for one target, or for one learned stage of its pipeline, as facts. */
export interface Advice {
  readonly task: string;
  readonly decision: Decision;
  readonly stage?: string;
  readonly recommendation: Strategy;
  /** Within a margin of the recommendation, which comes first. */
  readonly acceptable: readonly Strategy[];
  /** The source tasks of the recommended strategy. */
  readonly from: readonly string[];
  readonly confidence: Confidence;
  readonly basis: 'rules' | 'measured';
  readonly effectiveExamples?: EffectiveExamples;
  /** Present where the basis is `measured`, as far as the pilot says. */
  readonly measured?: Measurement;
  readonly conditions: readonly Condition[];
  readonly notes: readonly Note[];
  /** Where to show it: the task's declaration, the pipeline, or the dataset that first names it. */
  readonly reference: FileLocation;
}

/** What a finished pilot says about a target; it takes the place of the rules. */
export interface PilotResult {
  readonly task: string;
  readonly stage?: string;
  readonly recommendation: Strategy;
  readonly acceptable: readonly Strategy[];
  readonly from: readonly string[];
  /** Training examples at which the strategies were compared. */
  readonly n: number;
  /** False where the pilot was ended early. */
  readonly complete: boolean;
  readonly effectiveExamples?: EffectiveExamples;
  readonly measured?: Measurement;
}
