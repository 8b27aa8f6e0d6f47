import { createEncoder } from '../architectures/encoders';
import { composeModel, createHead, layersOf } from '../architectures/network';
import { epochSampler } from '../loop/batches';
import { evaluatorForTarget } from '../loop/evaluation';
import { chooseCandidate } from '../loop/learning-rate-search';
import { trainPhase } from '../loop/train-phase';
import { labelOf } from './learning-data';
import { type TrainingStrategy, budgetOf, chosenOf, trainedOf } from './strategy';

/** The target from its own examples alone, all weights from scratch. */
export const singleTask: TrainingStrategy = async (spec, data, world) => {
  const { target, seed, settings } = spec;
  const { material, metric, train, rows, validation, classWeights } = data;
  const encoder = createEncoder(material.input, seed);
  const head = createHead(target.name, labelOf(material, target.name), seed);
  const model = composeModel(encoder, [head]);
  const judge = evaluatorForTarget(head, metric);
  const chosen = await chooseCandidate(
    layersOf(encoder, [head]),
    settings.learningRates,
    world.reporter,
    (rate, reporter) =>
      trainPhase(
        {
          name: 'train',
          model,
          heads: [head],
          train,
          sampler: epochSampler(rows, [target.name, seed]),
          classWeights,
          validation,
          judge,
          rate,
          steps: settings.maxSteps,
          epoch: rows.length,
        },
        budgetOf(settings, world, reporter),
      ),
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
