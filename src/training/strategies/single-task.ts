import { epochSampler } from '../fit/batches';
import { chooseCandidate } from '../fit/candidates';
import { judgeTarget } from '../fit/judge';
import { trainPhase } from '../fit/phase';
import { composeModel, layersOf } from '../networks/compose';
import { createEncoder } from '../networks/encoder';
import { createHead } from '../networks/heads';
import { labelOf } from './data';
import { budgetOf, chosenOf, type Learn } from './types';

/** The target from its own examples alone, all weights from scratch. */
export const singleTask: Learn = async (spec, data, world) => {
  const { target, seed, settings } = spec;
  const { material, metric, train, rows, validation, classWeights } = data;
  const encoder = createEncoder(material.input, seed);
  const head = createHead(target.name, labelOf(material, target.name), seed);
  const model = composeModel(encoder, [head]);
  const judge = judgeTarget(head, metric);
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
  );
  return {
    encoder,
    head,
    data,
    chosen: chosenOf(chosen.candidate, chosen),
    validation: chosen.score.value,
    others: [],
    warnings: chosen.warnings,
  };
};
