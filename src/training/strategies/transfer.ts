import type { Encoder } from '../architectures/encoders';
import { composeEncoder, composeModel, createHead, featureShape, layersOf } from '../architectures/network';
import { type Examples, takeRows, widthOf } from '../datasets/examples';
import type { TransferVariant } from '../../protocol/job-files';
import { epochSampler } from '../loop/batches';
import { createPredictor, evaluatorForTarget } from '../loop/evaluation';
import { chooseCandidate } from '../loop/learning-rate-search';
import { type PhaseOutcome, trainPhase } from '../loop/train-phase';
import { labelOf } from './learning-data';
import { pretrainedEncoder } from './pretrained-encoder';
import {
  FINE_TUNING,
  type TrainingStrategy,
  budgetOf,
  chosenOf,
  combineOutcomes,
  trainedOf,
} from './strategy';

/**
 * What frozen blocks make of examples, computed once. They run as in prediction: their batch normalisation keeps the
 * statistics that it has, and its averages do not move.
 *
 * @param to the first block that is not frozen
 */
async function featuresOf(
  encoder: Encoder,
  to: number,
  examples: Examples,
  signal: AbortSignal,
): Promise<Examples> {
  if (to === 0) return examples;
  const predictor = await createPredictor(composeEncoder(encoder, 0, to));
  try {
    const outputs = await predictor.predict(examples, { signal });
    const [inputs = new Float32Array()] = Object.values(outputs);
    return { ...examples, shape: featureShape(encoder, to), inputs };
  } finally {
    await predictor.dispose();
  }
}

/** One step of fine-tuning: which blocks train, at what share of the rate, for what share of the steps. */
interface Stage {
  /** The first block that trains; those below are frozen. */
  readonly from: number;
  readonly rate: number;
  readonly steps: number;
}

/** The share of the steps that the head is trained alone for, before anything below it moves (Kumar 2022: LP-FT). */
const PROBE = 0.25;

/** Which layers train when: the head on frozen features, then more of the encoder from the top, or all of it at once. */
export function unfreezingSchedule(variant: TransferVariant, blocks: number): readonly Stage[] {
  switch (variant) {
    case 'head':
      return [{ from: blocks, rate: 1, steps: 1 }];
    case 'full':
      return [
        { from: blocks, rate: 1, steps: PROBE },
        { from: 0, rate: FINE_TUNING, steps: 1 - PROBE },
      ];
    case 'gradual': {
      const share = (1 - PROBE) / blocks;
      const down = Array.from({ length: blocks }, (_, i) => ({
        from: blocks - 1 - i,
        rate: FINE_TUNING,
        steps: share,
      }));
      return [{ from: blocks, rate: 1, steps: PROBE }, ...down];
    }
  }
}

/** Features of all chosen examples are kept in memory up to this many numbers (1 GiB). */
const MOST_FEATURES = 2 ** 28;

/** The target with an encoder that was trained on the sources. */
export const transfer: TrainingStrategy = async (spec, data, world) => {
  const { target, seed, settings, arm } = spec;
  const { material, metric, validation, classWeights } = data;
  const encoder = await pretrainedEncoder(spec, material.input);
  const head = createHead(target.name, labelOf(material, target.name), seed);
  composeModel(encoder, [head]);
  const variant = arm.variant === 'head' || arm.variant === 'gradual' ? arm.variant : 'full';
  const train = takeRows(data.train, data.rows);
  const stages = unfreezingSchedule(variant, encoder.blocks.length).filter(
    ({ from }) => from === 0 || widthOf(featureShape(encoder, from)) * train.count <= MOST_FEATURES,
  );
  const frozen = frozenFeatures(encoder, { train, validation }, world.signal);
  const rows = Int32Array.from({ length: train.count }, (_, i) => i);
  const judge = evaluatorForTarget(head, metric);
  const chosen = await chooseCandidate(
    layersOf(encoder, [head]),
    settings.learningRates,
    world.reporter,
    async (rate, reporter) => {
      let outcome: PhaseOutcome | undefined;
      let done = 0;
      for (const stage of stages) {
        const features = await frozen(stage.from);
        const next = await trainPhase(
          {
            name: stage.from === encoder.blocks.length ? 'head' : 'fine-tune',
            model: composeModel(encoder, [head], stage.from),
            heads: [head],
            ...features,
            sampler: epochSampler(rows, [target.name, seed]),
            classWeights,
            judge,
            rate: rate * stage.rate,
            steps: Math.max(1, Math.round(stage.steps * settings.maxSteps)),
            epoch: train.count,
          },
          budgetOf(settings, world, reporter.part(done, done + stage.steps)),
        );
        done += stage.steps;
        outcome = combineOutcomes(outcome, next);
      }
      return outcome ?? { score: { value: -Infinity, loss: Infinity }, step: 0, steps: 0 };
    },
    (rate, factor) => rate * factor,
  );
  return {
    encoder,
    head,
    data,
    chosen: chosenOf(chosen.candidate, chosen),
    trained: trainedOf(chosen),
    validation: chosen.score.value,
    others: [],
    warnings: chosen.warnings,
  };
};

interface Split {
  readonly train: Examples;
  readonly validation: Examples;
}

/**
 * The features below each block that training starts from, computed once for all candidates: what is below has not
 * been trained whenever they are asked for.
 */
function frozenFeatures(
  encoder: Encoder,
  { train, validation }: Split,
  signal: AbortSignal,
): (from: number) => Promise<Split> {
  const known = new Map<number, Promise<Split>>();
  const compute = async (from: number): Promise<Split> => ({
    train: await featuresOf(encoder, from, train, signal),
    validation: await featuresOf(encoder, from, validation, signal),
  });
  return from => {
    const features = known.get(from) ?? compute(from);
    known.set(from, features);
    return features;
  };
}
