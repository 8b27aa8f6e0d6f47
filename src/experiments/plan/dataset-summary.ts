import { type Dataset, openDataset } from '../../data';
import type { InputKind } from '../../training/default-settings';
import type { DataSpec } from '../../protocol/job-files';
import { planError } from '../experiment-errors';
import { tooFewExamples } from '../../messages/pilot-messages';

/** What a target's data holds. */
export interface DatasetSummary {
  /** Labelled training examples. */
  readonly available: number;
  /** Labelled test examples. */
  readonly test: number;
  readonly kind: 'class' | 'binary' | 'real';
  /** 0 for a number to predict. */
  readonly classes: number;
  readonly input: InputKind;
}

/** Fewer labelled test examples than this tell strategies apart by luck alone. */
const FEWEST_TEST = 10;

/**
 * Opens the target's data, decoding it into the cache that the trials read.
 *
 * @throws DataError where it cannot be read; PlanError `too-few-examples`
 */
export async function summarizeTarget(
  task: string,
  specs: readonly DataSpec[],
  options: { readonly cache: string; readonly signal?: AbortSignal },
): Promise<DatasetSummary> {
  let available = 0;
  let test = 0;
  let found: Pick<DatasetSummary, 'kind' | 'classes' | 'input'> | undefined;
  for (const { path, request } of specs) {
    const dataset = await openDataset(path, request, options);
    const label = dataset.pipeline.labels[task];
    if (!label) continue;
    available += await labelled(dataset, task, 'train', options.signal);
    test += await labelled(dataset, task, 'test', options.signal);
    found ??= {
      input: dataset.pipeline.input.kind,
      kind: label.kind,
      classes: label.kind === 'class' ? label.classes.length : label.kind === 'binary' ? 2 : 0,
    };
  }
  if (!found || available < 2 || test < FEWEST_TEST)
    throw planError('too-few-examples', tooFewExamples({ task, train: available, test, least: FEWEST_TEST }));
  return { available, test, ...found };
}

/** What a source, or a stage of a pipeline, has to train on. */
export async function summarizeSource(
  specs: readonly DataSpec[],
  options: { readonly cache: string; readonly signal?: AbortSignal },
): Promise<Pick<DatasetSummary, 'available' | 'input'>> {
  let available = 0;
  let input: InputKind | undefined;
  for (const { path, request } of specs) {
    const dataset = await openDataset(path, request, options);
    input ??= dataset.pipeline.input.kind;
    available += dataset.examples.train ?? 0;
  }
  return { available, input: input ?? 'columns' };
}

async function labelled(
  dataset: Dataset,
  task: string,
  split: 'train' | 'test',
  signal: AbortSignal | undefined,
): Promise<number> {
  let count = 0;
  for await (const { labels } of dataset.read(split, signal ? { signal } : {}))
    count += labels[task]?.present.reduce((sum, each) => sum + each, 0) ?? 0;
  return count;
}
