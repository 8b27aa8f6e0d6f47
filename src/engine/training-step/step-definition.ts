import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { OptimizerSpec } from './optimizer/optimizers';

/** How an output's error is measured. Cross-entropies take the network's logits, not probabilities. */
export type LossKind = 'softmaxCrossEntropy' | 'sigmoidCrossEntropy' | 'meanSquaredError';

export interface LossSpec {
  readonly kind: LossKind;
  /** Its share in the total; 1 unless given. */
  readonly weight?: number;
  /**
   * Whether batches say which labels are present: one number per example, or one per element of the target.
   * Absent labels (0) carry no loss, and the mean is over those present; other numbers than 1 are weights.
   */
  readonly mask?: 'example' | 'element';
  /** Class numbers (the default), or one probability per class. For softmax cross-entropy only. */
  readonly targets?: 'classes' | 'probabilities';
}

export type Metric = 'accuracy' | 'meanAbsoluteError';

/** A training step: what is trained, on what, and how. */
export interface StepDefinition {
  readonly model: LayersModel;
  readonly optimizer: OptimizerSpec;
  /** A loss for each output of the model, by the output's name; outputs without one are not trained. */
  readonly losses: Readonly<Record<string, LossSpec>>;
  readonly metrics?: Readonly<Record<string, readonly Metric[]>>;
  readonly batchSize: number;
  /** Seeds dropout and noise; 0 unless given. */
  readonly seed?: number;
}

/** Something for each input, target and mask of a batch, by name. */
export interface Batch<T> {
  readonly inputs: Readonly<Record<string, T>>;
  readonly targets: Readonly<Record<string, T>>;
  readonly masks: Readonly<Record<string, T>>;
}

/** What one tensor of a batch looks like; `shape` includes the batch. */
export interface TensorSpec {
  readonly shape: readonly number[];
  readonly type: 'float32' | 'int32';
  /** Its elements are whole numbers from 0 to below this: class numbers, or the words of an embedding. */
  readonly limit?: number;
}
