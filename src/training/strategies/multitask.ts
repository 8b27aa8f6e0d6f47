import { createEncoder } from '../architectures/encoders';
import { composeModel, createHead, layersOf } from '../architectures/network';
import { labelledRows } from '../datasets/examples';
import type { TrainingSettings } from '../../protocol/job-files';
import { epochSampler, temperatureSampler } from '../loop/batches';
import { evaluatorForTarget } from '../loop/evaluation';
import { chooseCandidate } from '../loop/learning-rate-search';
import { type Phase, type PhaseOutcome, trainPhase } from '../loop/train-phase';
import { labelOf, sourcesOf } from './learning-data';
import {
  FINE_TUNING,
  type TrainingStrategy,
  budgetOf,
  chosenOf,
  combineOutcomes,
  trainedOf,
} from './strategy';

/** The share of the steps in which all tasks train, where the target is fine-tuned on afterwards. */
const JOINT = 0.75;

/**
 * One encoder and a head for each task, trained together: labels that an example lacks carry no loss, each task's
 * loss is the mean over the labels present, and batches draw tasks by temperature. The variant `fine-tuned` goes on
 * with the target alone (as MT-DNN, Liu 2019).
 */
export const multitask: TrainingStrategy = async (spec, data, world) => {
  const { target, seed, settings, arm } = spec;
  const { material, metric, train, rows, validation, classWeights } = data;
  const sources = sourcesOf(spec);
  const encoder = createEncoder(material.input, seed);
  const [head, ...others] = [target, ...sources].map(({ name }) =>
    createHead(name, labelOf(material, name), seed),
  ) as [ReturnType<typeof createHead>, ...ReturnType<typeof createHead>[]];
  const joint = composeModel(encoder, [head, ...others]);
  const alone = composeModel(encoder, [head]);
  const sampler = temperatureSampler(
    [rows, ...others.map(({ task }) => labelledRows(train, task))],
    settings.temperature,
    [target.name, seed],
  );
  const isFineTuned = arm.variant === 'fine-tuned';
  const jointShare = isFineTuned ? JOINT : 1;
  const steps = Math.max(1, Math.round(jointShare * settings.maxSteps));
  const shared = {
    train,
    validation,
    classWeights,
    judge: evaluatorForTarget(head, metric),
    epoch: rows.length,
  };
  const chosen = await chooseCandidate(
    layersOf(encoder, [head, ...others]),
    candidatesOf(settings),
    world.reporter,
    async ({ rate, weight }, reporter) => {
      const together: Phase = {
        ...shared,
        name: 'joint',
        model: joint,
        heads: [head, ...others],
        lossWeights: Object.fromEntries(others.map(({ task }) => [task, weight])),
        sampler,
        rate,
        steps,
      };
      const outcome = await trainPhase(together, budgetOf(settings, world, reporter.part(0, jointShare)));
      if (!isFineTuned) return outcome;
      const after: Phase = {
        ...shared,
        name: 'fine-tune',
        model: alone,
        heads: [head],
        sampler: epochSampler(rows, [target.name, seed]),
        rate: rate * FINE_TUNING,
        steps: Math.max(1, settings.maxSteps - steps),
      };
      const next: PhaseOutcome = await trainPhase(
        after,
        budgetOf(settings, world, reporter.part(jointShare, 1)),
      );
      return combineOutcomes(outcome, next);
    },
    (edge, factor) => ({ ...edge, rate: edge.rate * factor }),
  );
  return {
    encoder,
    head,
    data,
    chosen: chosenOf(chosen.candidate.rate, chosen),
    trained: trainedOf(chosen),
    validation: chosen.score.value,
    others,
    warnings: chosen.warnings,
  };
};

interface Candidate {
  readonly rate: number;
  /** Of each other task's loss; the target's is 1. */
  readonly weight: number;
}

function candidatesOf({ learningRates, sourceWeights = [1] }: TrainingSettings): readonly Candidate[] {
  return learningRates.map((rate, i) => ({ rate, weight: sourceWeights[i % sourceWeights.length] ?? 1 }));
}
