import type { FileLocation } from '../language/learning-problem';
import type { Modality, Size, Unit } from '../language/annotation-model';
import type { CitationId } from './citations';

export type Strategy = 'end-to-end' | 'pipeline' | 'single-task' | 'transfer' | 'multitask';
export type Decision = 'decomposition' | 'learning';
/** `assumed`: nothing declared, inferred; `unknown`: it cannot be told from the annotations. */
export type Status = 'met' | 'unmet' | 'assumed' | 'unknown';
export type Confidence = 'high' | 'medium' | 'low';

/** How much of its own data a target has, against what is usually enough to train on it alone. */
export type OwnData =
  | { readonly kind: 'compared'; readonly size: Size; readonly sufficient: Size }
  /** No published figure says how much is enough in this unit. */
  | { readonly kind: 'no-reference'; readonly size: Size }
  | { readonly kind: 'unstated' };

/** How many input-to-output examples a pipeline's target has, against what end-to-end learning needs. */
export type EndToEndData =
  | OwnData
  | { readonly kind: 'no-data' }
  /** Sufficient for a simple output, insufficient for a complex one, and the output is not declared. */
  | {
      readonly kind: 'output-unstated';
      readonly size: Size;
      readonly sufficientIfSimple: Size;
      readonly sufficientIfComplex: Size;
    };

/** In what two tasks' inputs differ, the target's value and the other task's. */
export type InputDifference =
  | { readonly kind: 'unstated' }
  | { readonly kind: 'modality' | 'sensor'; readonly target: string; readonly other: string }
  | {
      readonly kind: 'channels' | 'columns' | 'features';
      readonly target: number;
      readonly other: number;
    }
  /** In Hz. */
  | { readonly kind: 'sample-rate'; readonly target: number; readonly other: number };

/** What was found about each condition. */
type ConditionFinding =
  | {
      readonly id: 'same-input';
      readonly sources: readonly string[];
      readonly target: string;
      readonly difference?: InputDifference;
    }
  | {
      readonly id: 'source-has-more-data';
      readonly sources: readonly string[];
      readonly target: string;
      readonly sizes:
        | { readonly kind: 'compared'; readonly sources: Size; readonly target: Size }
        | { readonly kind: 'units-differ' | 'target-unstated' | 'source-unstated' };
    }
  | {
      readonly id: 'features-help';
      readonly tasks: readonly string[];
      /** Whether an annotation could settle it: nothing can be declared about a step of a pipeline. */
      readonly canBeDeclared: boolean;
    }
  | {
      readonly id: 'target-ample' | 'target-not-ample';
      readonly target: string;
      readonly data: OwnData;
    }
  | {
      readonly id: 'others-have-more-data';
      readonly target: string;
      readonly otherTasks: number;
      readonly sizes:
        | { readonly kind: 'compared'; readonly others: Size; readonly target: Size }
        | { readonly kind: 'units-differ' | 'unstated' };
    }
  | {
      readonly id: 'no-dominant-task';
      readonly target: string;
      readonly otherTasks: number;
      readonly dominant: readonly string[];
    }
  | {
      readonly id: 'network-large-enough';
      readonly tasks: number;
      readonly network:
        | { readonly kind: 'stated'; readonly parameters: number; readonly sufficient: number }
        | { readonly kind: 'unstated'; readonly canBeDeclared: boolean };
    }
  | { readonly id: 'missing-labels-masked'; readonly tasks: readonly string[] }
  | {
      readonly id: 'enough-for-end-to-end' | 'end-to-end-data-short';
      readonly target: string;
      readonly data: EndToEndData;
    }
  | {
      readonly id: 'stage-has-more-data';
      readonly stage: string;
      readonly sizes:
        | { readonly kind: 'compared'; readonly stage: Size; readonly endToEnd: Size }
        | { readonly kind: 'end-to-end-unstated'; readonly stage: Size }
        | { readonly kind: 'stage-unstated' | 'units-differ' };
    }
  | { readonly id: 'stage-engineered'; readonly stage: string }
  | { readonly id: 'steps-not-worth-their-cost' | 'nothing-else-holds' };

/** A condition for a strategy, how it stands, and what that rests on. */
export type Condition = ConditionFinding & {
  readonly strategy: Strategy;
  readonly status: Status;
  readonly evidence: readonly FileLocation[];
  readonly source: CitationId;
};

export type ConditionId = Condition['id'];

/** What to do, what to ask and what to know beside the recommendation. */
export type Note =
  | { readonly id: 'no-data' | 'ask-output'; readonly task: string }
  | { readonly id: 'ask-own-size'; readonly task: string; readonly datasets: readonly string[] }
  | { readonly id: 'ask-source-size'; readonly datasets: readonly string[] }
  | { readonly id: 'ask-stage-data'; readonly stages: readonly string[] }
  | { readonly id: 'units-differ'; readonly tasks: readonly string[]; readonly unit: Unit }
  | { readonly id: 'convert-channels'; readonly source: string; readonly channels: number }
  /** Rates in Hz. */
  | {
      readonly id: 'resample-audio';
      readonly source: string;
      readonly targetRate: number;
      readonly sourceRate: number;
    }
  | {
      readonly id: 'fine-tune-head' | 'fine-tune-gradually' | 'fine-tune-everything';
      readonly size: Size;
    }
  | { readonly id: 'fine-tune-on-target'; readonly target: string }
  | {
      readonly id: 'network-too-small';
      readonly parameters: number;
      readonly tasks: number;
      readonly sufficient: number;
    }
  | { readonly id: 'count-instances'; readonly dataset: string }
  | { readonly id: 'other-sources' | 'pretrain-on-all'; readonly sources: readonly string[] }
  | { readonly id: 'left-out-of-scope'; readonly tasks: number }
  | { readonly id: 'merged-stages'; readonly stages: readonly string[] }
  | { readonly id: 'rules-agree' | 'pilot-undecided' | 'pilot-of-earlier-version'; readonly examples: number }
  | {
      readonly id: 'rules-disagree' | 'rules-compatible' | 'rules-not-ruled-out';
      readonly examples: number;
      readonly recommendation: Strategy;
    }
  | { readonly id: 'pilot-too-small'; readonly examples: number; readonly available: number }
  | {
      readonly id:
        | 'freeze-batch-norm'
        | 'mask-missing-labels'
        | 'sample-by-temperature'
        | 'tune-loss-weights'
        | 'transfer-converges-sooner'
        | 'single-task-is-cheapest'
        | 'multitask-one-network'
        | 'measured-stale';
    };

export type NoteId = Note['id'];

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

/** What is compared with single-task training, or (`end-to-end`) with the pipeline. */
export type Challenger = 'transfer' | 'multitask' | 'end-to-end';

/**
 * Features by name. Sizes and ratios are decimal logarithms; flags are 0 or 1. What is not listed is not known, and
 * counts as the mean of the published results.
 */
export type Features = Readonly<Record<string, number>>;

/** How likely each outcome is for the challenger against what it is compared with; they add up to 1. */
export interface Chances {
  readonly loses: number;
  readonly ties: number;
  readonly wins: number;
}

export type Call = keyof Chances;

/** What the published results say of the comparison that matters most. */
export interface Verdict {
  readonly challenger: Challenger;
  readonly features: Features;
  readonly chances: Chances;
  readonly call: Call;
  /** How likely the call is right, 0 to 1. */
  readonly probability: number;
}

/** A public data set, as annotations would declare it. */
export interface PublicSource {
  readonly name: string;
  /** What people call it. */
  readonly knownAs: string;
  readonly task: string;
  readonly category: string;
  readonly modality: Modality;
  readonly size: Size;
  /** The categories of target that it is for, where the kind of input does not say enough. */
  readonly targets?: RegExp;
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
  /** How often such advice was right; `null` where nothing is annotated that it could be compared with. */
  readonly confidence: Confidence | null;
  readonly basis: 'rules' | 'measured';
  /** What published results say, where the basis is `rules` and there is something to compare. */
  readonly outlook?: Verdict;
  /** A public source that is recommended to start from, where none is annotated; the outlook is on this. */
  readonly publicSource?: PublicSource;
  readonly effectiveExamples?: EffectiveExamples;
  /** Present where the basis is `measured`, as far as the pilot says. */
  readonly measured?: Measurement;
  readonly conditions: readonly Condition[];
  readonly notes: readonly Note[];
  /** Where to show it: the task's declaration, the pipeline, or the dataset that first names it. */
  readonly reference: FileLocation;
}

/**
 * What a pilot says about a target. Only a decided one takes the place of the rules; *too-small* was taken at a small part of
 * the data, and *earlier-version* by a version that took what the data could not tell for a tie.
 */
export interface PilotResult {
  readonly task: string;
  readonly stage?: string;
  readonly decision: Decision;
  readonly outcome: 'better' | 'tie' | 'undecided' | 'too-small' | 'earlier-version';
  /** Absent where it is undecided. */
  readonly recommendation?: Strategy;
  readonly acceptable: readonly Strategy[];
  readonly from: readonly string[];
  /** Training examples at which the strategies were compared. */
  readonly n: number;
  /** All of the target's. */
  readonly available: number;
  /** False where the pilot was ended early. */
  readonly complete: boolean;
  readonly effectiveExamples?: EffectiveExamples;
  readonly measured?: Measurement;
}
