import type { InputPreprocessing, LabelEncoding } from '../../data';
import { keepLabels, labelledRows, takeRows } from '../datasets/examples';
import { type LoadedDatasets, loadDatasets } from '../datasets/load-datasets';
import { trainingRows, validationExamples } from '../datasets/subsample';
import type { MetricName, MetricSpec, TaskSpec } from '../../protocol/job-files';
import { type ClassWeights, balancedWeights } from '../loop/batches';
import { trainingError } from '../training-error';
import type { LearnSpec, LearningData, TrainingContext } from './strategy';
import {
  emptySplit,
  noLabelledDataset,
  tooFewTrainingExamples,
  unknownSource,
} from '../../messages/training-messages';

/**
 * Reads what a strategy learns from, and chooses the examples of the target: by the seed alone for training, the same
 * ones in all arms and seeds for validation and test.
 *
 * @throws TrainingError where a split has no example, DataError where data cannot be read
 */
export async function loadLearningData(
  spec: LearnSpec,
  world: TrainingContext,
  input?: InputPreprocessing,
): Promise<LearningData> {
  const { target, n, seed } = spec;
  const sources = spec.arm.strategy === 'multitask' ? sourcesOf(spec) : [];
  if (!(n >= 1)) throw trainingError('bad-size', tooFewTrainingExamples(n));
  const material = await loadDatasets(
    { target, tasks: [target, ...sources], datasets: spec.datasets, ...(input && { input }) },
    { cache: world.cache, signal: world.signal },
  );
  const label = labelOf(material, target.name);
  const metric = spec.metric ?? { name: defaultMetric(label), higherIsBetter: true };
  const { train, validation, test } = material.splits;
  const rows = trainingRows(train, target.name, label, { n, seed });
  const held = validationExamples(validation, target.name, label, rows.length);
  const tested = takeRows(test, labelledRows(test, target.name));
  assertExamples(target.name, { train: rows.length, validation: held.count, test: tested.count });
  return {
    material,
    metric,
    train: keepLabels(train, target.name, rows),
    rows,
    validation: held,
    test: tested,
    classWeights: weightsFor(metric, label, () => ({
      [target.name]: balancedWeights(train, rows, target.name),
    })),
  };
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
  const label = labels[task];
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
