import { join } from 'node:path';
import { createEncoder } from '../architectures/encoders';
import {
  type Head,
  composeModel,
  countParams,
  createHead,
  disposeLayers,
  layersOf,
} from '../architectures/network';
import { saveEncoder, writePreprocessing } from '../artifacts/model-folder';
import { type Examples, labelledRows, takeRows } from '../datasets/examples';
import { loadDatasets, preprocessingOf } from '../datasets/load-datasets';
import { refitOn } from '../datasets/refit';
import { nestedOrder } from '../datasets/subsample';
import type { JobContext } from '../job-context';
import type { PretrainSpec, TaskSpec, TrialResult } from '../../protocol/job-files';
import { epochSampler, temperatureSampler } from '../loop/batches';
import { evaluatorForHeads } from '../loop/evaluation';
import { chooseCandidate } from '../loop/learning-rate-search';
import { trainPhase } from '../loop/train-phase';
import { trainingError } from '../training-error';
import { labelOf } from './learning-data';
import { type TrainingContext, budgetOf, chosenOf, trainedOf } from './strategy';
import { testMetrics } from './task-metrics';
import { noSource, sourceWithoutExamples } from '../../messages/training-messages';
import { entryOf } from '../../common/named-entries';

/** Validation examples that are looked at: more make each look slower, and the choice hardly better. */
const MOST_VALIDATION = 1000;

/** Trains an encoder on the sources together and leaves it in the job's folder, with its preprocessing. */
export async function pretrain(
  spec: PretrainSpec,
  context: Pick<JobContext, 'folder'>,
  world: TrainingContext,
): Promise<TrialResult> {
  const start = performance.now() - world.checkpoints.secondsBefore * 1000;
  const { target, sources, datasets, seed, settings } = spec;
  const loaded = await loadDatasets({ target, tasks: sources, datasets }, world);
  const material = refitOn(loaded, rowsOfAny(loaded.splits.train, sources));
  const encoder = createEncoder(material.input, seed);
  const heads = sources.map(({ name }) => createHead(name, labelOf(material, name), seed));
  const model = composeModel(encoder, heads);
  try {
    const { train } = material.splits;
    const rows = heads.map(({ task }) => labelledRows(train, task));
    const validation = someOf(material.splits.validation, heads);
    assertExamples(heads, rows, validation);
    const chosen = await chooseCandidate(
      layersOf(encoder, heads),
      settings.learningRates,
      world.reporter,
      (rate, reporter) =>
        trainPhase(
          {
            name: 'pretrain',
            model,
            heads,
            train,
            sampler: samplerOf(rows, settings.temperature, seed),
            classWeights: {},
            validation,
            judge: evaluatorForHeads(heads),
            rate,
            steps: settings.maxSteps,
            epoch: Math.max(...rows.map(({ length }) => length)),
          },
          budgetOf(settings, world, reporter),
        ),
      (rate, factor) => rate * factor,
    );
    const folder = join(context.folder, 'model');
    await saveEncoder(encoder, folder);
    await writePreprocessing(
      folder,
      preprocessingOf(
        material,
        heads.map(({ task }) => task),
      ),
    );
    const tasks = await testMetrics(encoder, heads, material.splits.test, world.signal);
    return {
      version: 1,
      id: spec.id,
      value: Object.values(tasks)[0]?.value ?? NaN,
      metrics: Object.fromEntries(Object.entries(tasks).map(([task, { value }]) => [task, value])),
      validation: chosen.score.value,
      chosen: chosenOf(chosen.candidate, chosen),
      trained: trainedOf(chosen),
      examples: {
        train: Math.max(...rows.map(({ length }) => length)),
        validation: validation.count,
        test: material.splits.test.count,
      },
      tasks,
      numParams: countParams(layersOf(encoder, heads)),
      seconds: (performance.now() - start) / 1000,
      warnings: [...material.warnings, ...chosen.warnings],
    };
  } finally {
    disposeLayers(layersOf(encoder, heads));
  }
}

function rowsOfAny({ count, labels }: Examples, tasks: readonly TaskSpec[]): Int32Array {
  return Int32Array.from({ length: count }, (_, row) => row).filter(row =>
    tasks.some(({ name }) => entryOf(labels, name)?.present[row] === 1),
  );
}

function samplerOf(
  rows: readonly Int32Array[],
  exponent: number,
  seed: number,
): ReturnType<typeof epochSampler> {
  const [only] = rows;
  return only && rows.length === 1
    ? epochSampler(only, ['pretrain', seed])
    : temperatureSampler(rows, exponent, ['pretrain', seed]);
}

/** A fixed sample of the examples that any of the heads can be judged by. */
function someOf(examples: Examples, heads: readonly Head[]): Examples {
  const rows = new Set(heads.flatMap(({ task }) => [...labelledRows(examples, task)]));
  const order = nestedOrder(Int32Array.from(rows).sort(), undefined, ['pretrain validation']);
  return takeRows(examples, order.slice(0, MOST_VALIDATION));
}

function assertExamples(heads: readonly Head[], rows: readonly Int32Array[], validation: Examples): void {
  heads.forEach(({ task }, i) => {
    if (rows[i]?.length) if (labelledRows(validation, task).length > 0) return;
    throw trainingError('no-examples', sourceWithoutExamples(task));
  });
  if (heads.length === 0) throw trainingError('bad-source', noSource());
}
