import {
  columnWidth,
  isStandardized,
  type Chunk,
  type Dataset,
  type DatasetRequest,
  type Embed,
  type InputColumn,
  type InputPreprocessing,
  type LabelEncoding,
  type Preprocessing,
  type SplitName,
  openDataset,
} from '../../data';
import type { DataSpec, TaskSpec } from '../../protocol/job-files';
import { trainingError } from '../training-error';
import { type Examples, concatenate, widthOf } from './examples';
import { joinLabels, relabel } from './label-alignment';
import { noLabelledDataset, unknownDataset } from '../../messages/training-messages';
import { entryOf } from '../../common/named-entries';

export interface OpenSettings {
  readonly cache: string;
  readonly signal: AbortSignal;
  /** What gives features, where the preprocessing is a checkpoint. */
  readonly embed?: Embed | undefined;
}

/** A dataset, and what is read of it. */
interface DatasetToLoad {
  readonly data: DataSpec;
  readonly request: DatasetRequest;
}

/** Columns that some annotation of the same data names as a label: learning from them would be cheating. */
function withoutForeignLabels(data: DataSpec, all: readonly DataSpec[]): DatasetRequest {
  const place = ({ path, request }: DataSpec): string => JSON.stringify([path, request.table ?? '']);
  const own = new Set(Object.values(data.request.labels).map(({ column }) => column));
  const foreign = all
    .filter(other => other !== data && place(other) === place(data))
    .flatMap(other => Object.values(other.request.labels).map(({ column }) => column))
    .filter(column => !own.has(column));
  if (foreign.length === 0) return data.request;
  const except = [...new Set([...(data.request.input?.except ?? []), ...foreign])].sort();
  return { ...data.request, input: { ...data.request.input, except } };
}

/**
 * The preprocessing that all datasets of a job share: the target's own, so that the target's inputs are the same in
 * every arm. Texts share a vocabulary: the target's words, then the sources'.
 */
async function sharedPreprocessing(
  target: Dataset,
  sources: readonly DatasetToLoad[],
  settings: OpenSettings,
): Promise<InputPreprocessing> {
  const { input } = target.pipeline;
  if (input.kind !== 'text') return input;
  const words = new Set(input.vocabulary);
  for (const { data, request } of sources) {
    const { pipeline } = await openDataset(data.path, request, settings);
    if (pipeline.input.kind === 'text') for (const word of pipeline.input.vocabulary) words.add(word);
  }
  return { ...input, vocabulary: [...words] };
}

/** Opens a dataset with the preprocessing of another. */
export function openWithPreprocessing(
  data: DataSpec,
  request: DatasetRequest,
  fitted: InputPreprocessing,
  settings: OpenSettings,
): Promise<Dataset> {
  return openDataset(data.path, { ...request, input: { ...request.input, fitted } }, settings);
}

/** Reads a split into memory, its labels translated to what the joined tasks call them. */
export async function readSplit(
  dataset: Dataset,
  split: SplitName,
  labels: Readonly<Record<string, LabelEncoding>>,
  signal: AbortSignal,
): Promise<Examples> {
  const { shape, pipeline } = dataset;
  const width = widthOf(shape);
  // Files that cannot be read are counted here and left out by `read`.
  const most = dataset.examples[split] ?? 0;
  const inputs =
    pipeline.input.kind === 'text' ? new Int32Array(most * width) : new Float32Array(most * width);
  const tasks = Object.keys(labels).filter(task => entryOf(pipeline.labels, task));
  const columns = Object.fromEntries(
    tasks.map(task => [task, { values: new Float32Array(most), present: new Uint8Array(most) }]),
  );
  let count = 0;
  let groups: Int32Array | undefined;
  for await (const chunk of dataset.read(split, { signal })) {
    if (chunk.groups) (groups ??= new Int32Array(most)).set(chunk.groups, count);
    inputs.set(chunk.inputs, count * width);
    for (const task of tasks) {
      entryOf(columns, task)?.values.set(labelsOf(chunk, task).values, count);
      entryOf(columns, task)?.present.set(labelsOf(chunk, task).present, count);
    }
    count += chunk.count;
  }
  const cut = Object.entries(columns).map(([task, { values, present }]) => {
    const column = { values: values.subarray(0, count), present: present.subarray(0, count) };
    return [task, relabel(column, entryOf(pipeline.labels, task), entryOf(labels, task))] as const;
  });
  return {
    count,
    shape,
    inputs: inputs.subarray(0, count * width),
    labels: Object.fromEntries(cut),
    ...(groups && { groups: groups.subarray(0, count) }),
  };
}

function labelsOf(chunk: Chunk, task: string): Chunk['labels'][string] {
  return (
    entryOf(chunk.labels, task) ?? {
      values: new Float32Array(chunk.count),
      present: new Uint8Array(chunk.count),
    }
  );
}

/** All the data of a job in memory: the datasets one after the other, with one preprocessing. */
export interface LoadedDatasets {
  readonly input: InputPreprocessing;
  readonly labels: Readonly<Record<string, LabelEncoding>>;
  readonly splits: Readonly<Record<SplitName, Examples>>;
  /** What becomes of the columns of the target's table. */
  readonly columns?: readonly InputColumn[];
  readonly warnings: readonly string[];
  /** How the target's data is written. */
  readonly source?: Preprocessing['source'];
}

export interface LoadRequest {
  /** The task whose preprocessing all share, whether or not its labels are wanted. */
  readonly target: TaskSpec;
  /** The tasks whose labels are wanted. */
  readonly tasks: readonly TaskSpec[];
  readonly datasets: readonly DataSpec[];
  /** Preprocessing that a network was trained with before; the target's own where there is none. */
  readonly input?: InputPreprocessing;
}

/**
 * Reads what the tasks need. Its preprocessing is yet to be fitted on what is trained on: see `refit.ts`.
 *
 * @throws TrainingError `unknown-dataset` or `labels-differ`, DataError where data cannot be read or shared
 */
export async function loadDatasets(request: LoadRequest, settings: OpenSettings): Promise<LoadedDatasets> {
  const { tasks, datasets } = request;
  const wanted = datasetsOf(tasks, datasets).map(data => ({
    data,
    request: requestOf(data, tasks, datasets),
  }));
  const { input, own, columns } = request.input
    ? { input: request.input, own: undefined, columns: [] }
    : await inputFor(request, wanted, settings);
  const opened: Dataset[] = [];
  for (const { data, request: read } of wanted)
    opened.push(own?.data === data ? own.dataset : await openWithPreprocessing(data, read, input, settings));
  const labels = joinedLabels(tasks, opened);
  const { source } =
    opened.find((_, i) => request.target.datasets.includes(wanted[i]?.data.name ?? ''))?.pipeline ?? {};
  const read = async (split: SplitName): Promise<Examples> => {
    const parts: Examples[] = [];
    for (const dataset of opened)
      parts.push(markMissing(await readSplit(dataset, split, labels, settings.signal), dataset));
    return concatenate(parts, Object.keys(labels));
  };
  return {
    input,
    labels,
    columns,
    splits: { train: await read('train'), validation: await read('validation'), test: await read('test') },
    warnings: opened.flatMap(warningsOf),
    ...(source && { source }),
  };
}

/** Columns that a dataset lacks stand at NaN until the preprocessing is fitted: they tell nothing of their values. */
function markMissing(examples: Examples, { pipeline: { input } }: Dataset): Examples {
  if (input.kind !== 'columns') return examples;
  const width = widthOf(examples.shape);
  let at = 0;
  for (const column of input.columns) {
    if (isStandardized(column) && column.name.startsWith('\0') && !column.flagsMissing)
      for (let row = 0; row < examples.count; row++) examples.inputs[row * width + at] = NaN;
    at += columnWidth(column);
  }
  return examples;
}

async function inputFor(
  { target, tasks, datasets }: LoadRequest,
  wanted: readonly DatasetToLoad[],
  settings: OpenSettings,
): Promise<{
  readonly input: InputPreprocessing;
  readonly columns: readonly InputColumn[];
  readonly own?: { data: DataSpec; dataset: Dataset };
}> {
  const [first] = datasetsOf([target], datasets);
  if (!first) throw trainingError('no-examples', noLabelledDataset(target.name));
  const own = requestOf(first, [target, ...tasks], datasets);
  const dataset = await openDataset(first.path, own, settings);
  const others = wanted.filter(({ data }) => data !== first);
  const input = await sharedPreprocessing(dataset, others, settings);
  return {
    input,
    columns: dataset.columns,
    ...(input === dataset.pipeline.input && { own: { data: first, dataset } }),
  };
}

function warningsOf(dataset: Dataset): string[] {
  return dataset
    .issues()
    .filter(({ severity }) => severity !== 'information')
    .map(({ message, where }) => (where?.[0] === undefined ? message : `${message} (${where[0]})`));
}

/** The preprocessing of a trained network, for the tasks that it predicts. */
export function preprocessingOf(
  { input, labels, source }: LoadedDatasets,
  tasks: readonly string[],
): Preprocessing {
  const kept = Object.entries(labels).filter(([task]) => tasks.includes(task));
  return { version: 1, input, labels: Object.fromEntries(kept), ...(source && { source }) };
}

function datasetsOf(tasks: readonly TaskSpec[], datasets: readonly DataSpec[]): DataSpec[] {
  const names = new Set(tasks.flatMap(task => task.datasets));
  const unknown = [...names].find(name => !datasets.some(data => data.name === name));
  if (unknown !== undefined) throw trainingError('unknown-dataset', unknownDataset(unknown));
  return [...names].flatMap(name => datasets.filter(data => data.name === name));
}

/** Labels are read as the tasks say they are: classes or numbers. */
export function requestOf(
  data: DataSpec,
  tasks: readonly TaskSpec[],
  all: readonly DataSpec[],
): DataSpec['request'] {
  const request = withoutForeignLabels(data, all);
  const kinds = new Map(tasks.map(({ name, kind }) => [name, kind]));
  const labels = Object.entries(request.labels).map(([task, label]) => {
    const kind = kinds.get(task);
    if (kind === undefined || label.kind !== undefined) return [task, label] as const;
    return [task, { ...label, kind: kind === 'real' ? 'real' : 'class' } as const] as const;
  });
  return { ...request, labels: Object.fromEntries(labels) };
}

function joinedLabels(
  tasks: readonly TaskSpec[],
  opened: readonly Dataset[],
): Readonly<Record<string, LabelEncoding>> {
  return Object.fromEntries(
    tasks.map(({ name }) => {
      const found = opened
        .map(({ pipeline }) => entryOf(pipeline.labels, name))
        .filter(label => label !== undefined);
      return [name, joinLabels(name, found)];
    }),
  );
}
