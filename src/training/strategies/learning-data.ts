import type { InputPreprocessing, LabelEncoding } from '../../data';
import { keepLabels, labelledRows, takeRows } from '../datasets/examples';
import { type LoadedDatasets, loadDatasets } from '../datasets/load-datasets';
import { keepFitted, refitLabels, refitOn, withUnseenWords } from '../datasets/refit';
import { withoutParts } from '../pipeline/held-out-parts';
import { divideSize, trainingRows, validationExamples } from '../datasets/subsample';
import type { MetricName, MetricSpec, TaskSpec } from '../../protocol/job-files';
import { type ClassWeights, balancedWeights } from '../loop/class-weights';
import { trainingError } from '../training-error';
import type { LearnSpec, LearningData, TrainingContext } from './strategy';
import {
  emptySplit,
  noLabelledDataset,
  tooFewTrainingExamples,
  unknownSource,
} from '../../messages/training-messages';
import { entryOf } from '../../common/named-entries';

/**
 * Reads what a strategy learns from, and chooses the examples of the target: by the seed alone for training, the same
 * ones in all arms and seeds for validation and test.
 *
 * @param words whether words that the chosen training examples lack are unknown ones, as networks need; `all` is for
 * what chooses its words itself
 * @throws TrainingError where a split has no example, DataError where data cannot be read
 */
export async function loadLearningData(
  spec: LearnSpec,
  world: TrainingContext,
  input?: InputPreprocessing,
  words: 'of-training' | 'all' = 'of-training',
): Promise<LearningData> {
  const { target, n, seed } = spec;
  const sources = spec.arm.strategy === 'multitask' ? sourcesOf(spec) : [];
  if (!(n >= 1)) throw trainingError('bad-size', tooFewTrainingExamples(n));
  const whole = withUnseenWords(input);
  const read = await loadDatasets(
    { target, tasks: [target, ...sources], datasets: spec.datasets, ...(whole && { input: whole }) },
    { cache: world.cache, signal: world.signal, embed: world.embed },
  );
  const { loaded, leftOut } = spec.heldOut
    ? withoutParts(read, await spec.heldOut(read.input))
    : { loaded: read, leftOut: 0 };
  const encoding = labelOf(loaded, target.name);
  const available = {
    train: labelledRows(loaded.splits.train, target.name).length,
    validation: labelledRows(loaded.splits.validation, target.name).length,
  };
  const size = divideSize(n, available);
  const rows = trainingRows(loaded.splits.train, target.name, encoding, { count: size.train, seed });
  const kept = { ...loaded.splits, train: keepLabels(loaded.splits.train, target.name, rows) };
  const chosen = { ...loaded, splits: kept };
  const material =
    words === 'all' && loaded.input.kind === 'text'
      ? refitLabels(chosen, target.name)
      : fitted(chosen, target.name, sources, input);
  const { train, validation, test } = material.splits;
  const label = labelOf(material, target.name);
  const metric = spec.metric ?? { name: defaultMetric(label), higherIsBetter: true };
  const held = validationExamples(validation, target.name, label, size.validation);
  const tested = takeRows(test, labelledRows(test, target.name));
  assertExamples(target.name, { train: rows.length, validation: held.count, test: tested.count });
  return {
    material,
    metric,
    train,
    rows,
    validation: held,
    test: tested,
    classWeights: weightsFor(metric, label, () => ({
      [target.name]: balancedWeights(train, rows, target.name),
    })),
    ...(leftOut > 0 && { leftOut }),
  };
}

/** Preprocessing that follows from the rows that are trained on; what a network came with stays. */
function fitted(
  material: LoadedDatasets,
  target: string,
  sources: readonly TaskSpec[],
  given: InputPreprocessing | undefined,
): LoadedDatasets {
  const { train } = material.splits;
  const used = [target, ...sources.map(({ name }) => name)].map(task => entryOf(train.labels, task)?.present);
  const rows = Int32Array.from({ length: train.count }, (_, row) => row).filter(row =>
    used.some(present => present?.[row] === 1),
  );
  return given ? refitLabels(keepFitted(material, rows, given), target) : refitOn(material, rows, target);
}

/** The source tasks of an arm, in its order. @throws TrainingError `bad-source` for one that the job does not have */
export function sourcesOf({ sources, arm }: Pick<LearnSpec, 'sources' | 'arm'>): readonly TaskSpec[] {
  return arm.from.map(name => {
    const source = sources.find(task => task.name === name);
    if (source) return source;
    throw trainingError('bad-source', unknownSource(name));
  });
}

export function labelOf({ labels }: Pick<LoadedDatasets, 'labels'>, task: string): LabelEncoding {
  const label = entryOf(labels, task);
  if (label) return label;
  throw trainingError('unknown-dataset', noLabelledDataset(task));
}

/** The metric that fits a task where none was asked for. */
export function defaultMetric({ kind }: LabelEncoding): MetricName {
  return ({ class: 'balanced-accuracy', binary: 'auroc', real: 'r2' } as const)[kind];
}

/** Metrics that count all classes the same need a loss that does. */
function weightsFor(metric: MetricSpec, label: LabelEncoding, weights: () => ClassWeights): ClassWeights {
  const counts = metric.name === 'balanced-accuracy' || metric.name === 'macro-f1';
  return counts && label.kind !== 'real' ? weights() : {};
}

function assertExamples(
  task: string,
  counts: { readonly train: number; readonly validation: number; readonly test: number },
): void {
  const lacking = (['train', 'validation', 'test'] as const).find(split => counts[split] === 0);
  if (lacking === undefined) return;
  const code = ({ train: 'no-examples', validation: 'no-validation', test: 'no-test' } as const)[lacking];
  throw trainingError(code, emptySplit({ split: lacking, task }));
}
