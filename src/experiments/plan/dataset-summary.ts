import path from 'node:path';
import { type ErrorLocation, UserError } from '../../common/errors';
import {
  type Dataset,
  type InputColumn,
  type LabelEncoding,
  type SplitName,
  isDataError,
  openDataset,
  whyFewTestExamples,
} from '../../data';
import type { DatasetInputs } from '../../protocol/pilot-report';
import type { InputKind } from '../../training/default-settings';
import { usableExamples } from '../../training/datasets/subsample';
import type { DataSpec } from '../../protocol/job-files';
import { planError } from '../experiment-errors';
import { fewTestExamplesReason } from '../../messages/few-test-examples';
import {
  fewTestExamplesOfClasses,
  labelsOfOneClass,
  labelsOfOneValue,
  otherClasses,
  splitLacksClasses,
  testOfOneClass,
  testOfOneValue,
} from '../../messages/label-messages';
import { datasetUnusable, tooFewExamples } from '../../messages/pilot-messages';
import { entryOf } from '../../common/named-entries';

/** What a target's data holds. */
export interface DatasetSummary {
  /** Labelled examples to learn from: those for training, and those for validation that go with them. */
  readonly available: number;
  /** Labelled test examples. */
  readonly test: number;
  readonly kind: 'class' | 'binary' | 'real';
  /** 0 for a number to predict. */
  readonly classes: number;
  readonly input: InputKind;
  /** What becomes of the columns of each dataset. */
  readonly inputs: readonly DatasetInputs[];
  /** Classes that the validation or the test split lacks or hardly has, as sentences. */
  readonly lacking: readonly string[];
}

/** Fewer labelled test examples than this tell strategies apart by luck alone. */
const FEWEST_TEST = 10;

/**
 * Opens the target's data, decoding it into the cache that the trials read.
 *
 * @param options.places where each dataset is annotated, for errors
 * @throws DataError where it cannot be read, naming the dataset; PlanError `too-few-examples`
 */
export async function summarizeTarget(
  task: string,
  specs: readonly DataSpec[],
  options: OpenSettings & { readonly places?: ReadonlyMap<string, ErrorLocation> },
): Promise<DatasetSummary> {
  const counts: Record<SplitName, LabelCounts> = {
    train: noLabels(),
    validation: noLabels(),
    test: noLabels(),
  };
  const classes = new Set<string>();
  const inputs: DatasetInputs[] = [];
  let found: Pick<DatasetSummary, 'kind' | 'input'> | undefined;
  let labelled: { readonly spec: DataSpec; readonly label: LabelEncoding } | undefined;
  for (const spec of specs) {
    const dataset = await openNamed(spec, options, options.places?.get(spec.name));
    inputs.push(inputsOf(spec.name, dataset.columns));
    const label = entryOf(dataset.pipeline.labels, task);
    if (!label) continue;
    for (const split of ['train', 'validation', 'test'] as const)
      await countLabels(dataset, { task, label, split, signal: options.signal }, counts[split]);
    classNames(label).forEach(name => classes.add(name));
    found ??= { input: dataset.pipeline.input.kind, kind: label.kind };
    labelled ??= { spec, label };
  }
  const [train, validation, test] = [counts.train.all, counts.validation.all, counts.test.all];
  if (!found || train < 2 || test < FEWEST_TEST) {
    const why = found && labelled && (await whyFew(labelled, test, options.signal));
    const message = tooFewExamples({ task, train, test, least: FEWEST_TEST });
    throw planError('too-few-examples', why === undefined ? message : `${message} ${why}`);
  }
  refuseOneClass(task, found.kind, counts);
  refuseConstant(task, found.kind, counts);
  const available = usableExamples({ train, validation });
  const lacking = lackingClasses(counts, classes);
  return { available, test, ...found, classes: classes.size, inputs, lacking };
}

interface OpenSettings {
  readonly cache: string;
  readonly signal?: AbortSignal;
}

/** Opens a dataset. @throws DataError that names the dataset and its file */
async function openNamed(
  { name, path: file, request }: DataSpec,
  { cache, signal }: OpenSettings,
  location?: ErrorLocation,
): Promise<Dataset> {
  try {
    return await openDataset(file, request, { cache, ...(signal ? { signal } : {}) });
  } catch (error) {
    if (!isDataError(error)) throw error;
    const files = [file].flat().map(each => path.basename(each));
    const message = datasetUnusable({ dataset: name, files, reason: error.message });
    const place = location ?? error.location;
    const { hint } = error;
    throw new UserError(error.kind, error.code, message, {
      cause: error,
      ...(place ? { location: place } : {}),
      ...(hint === undefined ? {} : { hint }),
    });
  }
}

/** Columns that a run keeps an account of. */
const MOST_COLUMNS = 200;

function inputsOf(dataset: string, columns: readonly InputColumn[]): DatasetInputs {
  const kept = columns.slice(0, MOST_COLUMNS);
  return {
    dataset,
    columns: kept,
    ...(columns.length > kept.length ? { more: columns.length - kept.length } : {}),
  };
}

/**
 * Where all labels, or all of the test split, are of one class, there is nothing to tell apart, and no metric means anything.
 *
 * @throws PlanError `one-class`
 */
function refuseOneClass(
  task: string,
  kind: DatasetSummary['kind'],
  counts: Readonly<Record<SplitName, LabelCounts>>,
): void {
  if (kind === 'real') return;
  const named = (split: SplitName): readonly string[] => [...counts[split].classes.keys()];
  const [all, tested] = [
    new Set([...named('train'), ...named('validation'), ...named('test')]),
    named('test'),
  ];
  const [only = ''] = all;
  if (all.size < 2) throw planError('one-class', labelsOfOneClass({ task, only }));
  const [alone] = tested;
  if (tested.length === 1 && alone !== undefined)
    throw planError('one-class', testOfOneClass({ task, only: alone }));
}

/** The reason in the target's first dataset, where the test split is what is too small. */
async function whyFew(
  { spec, label }: { readonly spec: DataSpec; readonly label: LabelEncoding },
  test: number,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  if (test >= FEWEST_TEST) return undefined;
  const why = await whyFewTestExamples(spec.path, spec.request, label, signal);
  return why && fewTestExamplesReason(why);
}

/**
 * A number that never varies, or does not in the test split, cannot be predicted better or worse.
 *
 * @throws PlanError `one-class`
 */
function refuseConstant(
  task: string,
  kind: DatasetSummary['kind'],
  { train, validation, test }: Readonly<Record<SplitName, LabelCounts>>,
): void {
  if (kind !== 'real' || test.least !== test.most) return;
  const others = [train, validation].filter(each => each.all > 0);
  const isSame = others.every(each => each.least === test.least && each.most === test.least);
  const value = test.least;
  throw planError('one-class', isSame ? labelsOfOneValue({ task, value }) : testOfOneValue({ task, value }));
}

interface LabelCounts {
  all: number;
  readonly classes: Map<string, number>;
  /** Of numbers to predict. */
  least: number;
  most: number;
}

const noLabels = (): LabelCounts => ({ all: 0, classes: new Map(), least: Infinity, most: -Infinity });

function classNames(label: LabelEncoding): readonly string[] {
  if (label.kind === 'class') return label.classes;
  return label.kind === 'binary' ? [label.positive, otherClasses()] : [];
}

async function countLabels(
  dataset: Dataset,
  {
    task,
    label,
    split,
    signal,
  }: {
    readonly task: string;
    readonly label: LabelEncoding;
    readonly split: SplitName;
    readonly signal: AbortSignal | undefined;
  },
  counts: LabelCounts,
): Promise<void> {
  const names = classNames(label);
  for await (const { labels } of dataset.read(split, signal ? { signal } : {}))
    entryOf(labels, task)?.present.forEach((present, row) => {
      if (present !== 1) return;
      counts.all++;
      const value = entryOf(labels, task)?.values[row] ?? 0;
      const name = names[label.kind === 'binary' ? 1 - value : value];
      if (name !== undefined) counts.classes.set(name, (counts.classes.get(name) ?? 0) + 1);
      if (label.kind !== 'real') return;
      const number = value * label.deviation + label.mean;
      [counts.least, counts.most] = [Math.min(counts.least, number), Math.max(counts.most, number)];
    });
}

/** A class of fewer test examples than this is measured by luck. */
const FEW_OF_A_CLASS = 5;

/** What the validation and the test split lack, in words. */
function lackingClasses(
  counts: Readonly<Record<'validation' | 'test', LabelCounts>>,
  classes: ReadonlySet<string>,
): readonly string[] {
  const named = (split: 'validation' | 'test', wanted: (count: number) => boolean): string[] =>
    [...classes].filter(name => wanted(counts[split].classes.get(name) ?? 0));
  const absent = (['validation', 'test'] as const).flatMap(split => {
    const missing = named(split, count => count === 0);
    return missing.length === 0 || counts[split].all === 0
      ? []
      : [splitLacksClasses({ split, classes: missing })];
  });
  const few = named('test', count => count > 0 && count < FEW_OF_A_CLASS);
  return few.length === 0
    ? absent
    : [...absent, fewTestExamplesOfClasses({ classes: few, recommended: FEW_OF_A_CLASS })];
}

/** What a source, or a stage of a pipeline, has to train on. */
export async function summarizeSource(
  specs: readonly DataSpec[],
  options: OpenSettings,
): Promise<Pick<DatasetSummary, 'available' | 'input'>> {
  let available = 0;
  let input: InputKind | undefined;
  for (const spec of specs) {
    const dataset = await openNamed(spec, options);
    input ??= dataset.pipeline.input.kind;
    available += dataset.examples.train ?? 0;
  }
  return { available, input: input ?? 'columns' };
}

/** How many examples of a dataset are left out because the target holds them out. */
export async function countApart(
  { path, request }: DataSpec,
  options: { readonly cache: string; readonly signal?: AbortSignal },
): Promise<number> {
  return request.apart ? (await openDataset(path, request, options)).apart : 0;
}
