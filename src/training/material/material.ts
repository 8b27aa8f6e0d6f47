import * as l10n from '@vscode/l10n';
import {
  openDataset,
  type Dataset,
  type InputPipeline,
  type LabelPipeline,
  type Pipeline,
  type SplitName,
} from '../../data';
import { TrainingError } from '../errors';
import type { DataSpec, TaskSpec } from '../spec';
import { concatenate, type Examples } from './examples';
import { openWith, sharedInput, withoutForeignLabels, type OpenSettings, type Wanted } from './inputs';
import { joinLabels } from './labels';
import { readSplit } from './read';

/** All the data of a job in memory: the datasets one after the other, with one preprocessing. */
export interface Material {
  readonly input: InputPipeline;
  readonly labels: Readonly<Record<string, LabelPipeline>>;
  readonly splits: Readonly<Record<SplitName, Examples>>;
  readonly warnings: readonly string[];
}

export interface MaterialRequest {
  /** The task whose preprocessing all share, whether or not its labels are wanted. */
  readonly target: TaskSpec;
  /** The tasks whose labels are wanted. */
  readonly tasks: readonly TaskSpec[];
  readonly datasets: readonly DataSpec[];
  /** Preprocessing that a network was trained with before; the target's own where there is none. */
  readonly input?: InputPipeline;
}

/**
 * Reads what the tasks need.
 *
 * @throws TrainingError `unknown-dataset` or `labels-differ`, DataError where data cannot be read or shared
 */
export async function loadMaterial(request: MaterialRequest, settings: OpenSettings): Promise<Material> {
  const { tasks, datasets } = request;
  const wanted = datasetsOf(tasks, datasets).map(data => ({
    data,
    request: requestOf(data, tasks, datasets),
  }));
  const { input, own } = request.input
    ? { input: request.input, own: undefined }
    : await inputFor(request, wanted, settings);
  const opened: Dataset[] = [];
  for (const { data, request: read } of wanted)
    opened.push(own?.data === data ? own.dataset : await openWith(data, read, input, settings));
  const labels = joinedLabels(tasks, opened);
  const read = async (split: SplitName): Promise<Examples> => {
    const parts: Examples[] = [];
    for (const dataset of opened) parts.push(await readSplit(dataset, split, labels, settings.signal));
    return concatenate(parts, Object.keys(labels));
  };
  return {
    input,
    labels,
    splits: { train: await read('train'), validation: await read('validation'), test: await read('test') },
    warnings: opened.flatMap(warningsOf),
  };
}

async function inputFor(
  { target, tasks, datasets }: MaterialRequest,
  wanted: readonly Wanted[],
  settings: OpenSettings,
): Promise<{ readonly input: InputPipeline; readonly own?: { data: DataSpec; dataset: Dataset } }> {
  const [first] = datasetsOf([target], datasets);
  if (!first) throw new TrainingError('no-examples', l10n.t('No dataset has labels for "{0}"', target.name));
  const own = requestOf(first, [target, ...tasks], datasets);
  const dataset = await openDataset(first.path, own, settings);
  const others = wanted.filter(({ data }) => data !== first);
  const input = await sharedInput(dataset, others, settings);
  return { input, ...(input === dataset.pipeline.input && { own: { data: first, dataset } }) };
}

function warningsOf(dataset: Dataset): string[] {
  return dataset
    .issues()
    .filter(({ severity }) => severity !== 'information')
    .map(({ message, where }) => (where?.[0] === undefined ? message : `${message} (${where[0]})`));
}

/** The preprocessing of a trained network, for the tasks that it predicts. */
export function pipelineOf({ input, labels }: Material, tasks: readonly string[]): Pipeline {
  const kept = Object.entries(labels).filter(([task]) => tasks.includes(task));
  return { version: 1, input, labels: Object.fromEntries(kept) };
}

function datasetsOf(tasks: readonly TaskSpec[], datasets: readonly DataSpec[]): DataSpec[] {
  const names = new Set(tasks.flatMap(task => task.datasets));
  const unknown = [...names].find(name => !datasets.some(data => data.name === name));
  if (unknown !== undefined)
    throw new TrainingError('unknown-dataset', l10n.t('The job has no dataset "{0}"', unknown));
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
): Readonly<Record<string, LabelPipeline>> {
  return Object.fromEntries(
    tasks.map(({ name }) => {
      const found = opened.map(({ pipeline }) => pipeline.labels[name]).filter(label => label !== undefined);
      return [name, joinLabels(name, found)];
    }),
  );
}
