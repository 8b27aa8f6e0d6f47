import type { Size } from '../language/annotation-model';
import {
  labelShare,
  trainingSize,
  type Dataset,
  type Pipeline,
  type Problem,
  type FileLocation,
  type Task,
} from '../language/learning-problem';
import { convertSize, sameDimension, UNITS } from '../language/size-units';
import { describeInput, type InputDescription } from './input-comparison';

/** Labelled training data for one task. */
export interface LabelledData {
  readonly datasets: readonly Dataset[];
  /** Examples that carry a label for the task; `undefined` where no dataset states a size. */
  readonly size?: Size;
  /** The largest dataset: the one to vary when asking what would change the advice. */
  readonly main?: Dataset;
  /** Datasets whose units do not compare with the main one's, and which are left out of `size`. */
  readonly incomparable: readonly Dataset[];
}

/** A problem with what the rules keep asking for looked up once: the data and the input of every task. */
export interface ProblemIndex {
  readonly pipelines: readonly Pipeline[];
  /** Declared and inferred tasks, and the steps of pipelines that have data. */
  readonly tasks: readonly Task[];
  readonly data: ReadonlyMap<string, LabelledData>;
  /** What a change of a size has made of some of it. */
  readonly changed?: ReadonlyMap<string, LabelledData>;
  readonly inputs: ReadonlyMap<string, InputDescription>;
  /** The folder that each task is declared in, or its first dataset. */
  readonly folders: ReadonlyMap<string, string>;
}

const NO_DATA: LabelledData = { datasets: [], incomparable: [] };

const INDEXES = new WeakMap<Problem, ProblemIndex>();

/** Each problem is indexed once, however many of its targets are asked about. */
export function indexProblem(problem: Problem): ProblemIndex {
  const index = INDEXES.get(problem) ?? createIndex(problem);
  INDEXES.set(problem, index);
  return index;
}

/** Datasets come in the order of their names, so that the order of files and lines decides nothing. */
function createIndex(problem: Problem): ProblemIndex {
  const datasets = new Map<string, Dataset[]>();
  for (const dataset of [...problem.datasets].sort(byName))
    for (const task of dataset.tasks) {
      const others = datasets.get(task);
      if (others) others.push(dataset);
      else datasets.set(task, [dataset]);
    }
  const declared = new Set(problem.tasks.map(task => task.name));
  const steps = [...datasets].flatMap(([name, [first]]): Task[] =>
    first && !declared.has(name)
      ? [{ name, reference: first.reference, declared: false, target: false }]
      : [],
  );
  const tasks = [...problem.tasks, ...steps].sort(byName);
  const data = new Map([...datasets].map(([name, own]) => [name, sumLabelledData(own, name)]));
  const inputs = new Map(tasks.map(task => [task.name, describeInput(task, datasets.get(task.name) ?? [])]));
  const folders = new Map(tasks.map(({ name, reference }) => [name, folderOf(reference.file)]));
  return { pipelines: problem.pipelines, tasks, data, inputs, folders };
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\'), 0));
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : Number(a.name > b.name);
}

/** The view in which a dataset, which stays labelled for the same tasks, has another size. */
export function withDataset(view: ProblemIndex, changed: Dataset): ProblemIndex {
  const data = new Map(view.changed);
  for (const task of changed.tasks) {
    const datasets = labelledDataOf(view, task).datasets.map(dataset =>
      dataset.name === changed.name ? changed : dataset,
    );
    data.set(task, sumLabelledData(datasets, task));
  }
  return { ...view, changed: data };
}

/** The labelled data of a task or step. */
export function labelledDataOf(view: ProblemIndex, task: string): LabelledData {
  return view.changed?.get(task) ?? view.data.get(task) ?? NO_DATA;
}

/** The labelled data of a task; examples without its label do not count (labels_present). */
export function sumLabelledData(datasets: readonly Dataset[], task: string): LabelledData {
  const sized = datasets.flatMap(dataset => {
    const size = labelledSize(dataset, task);
    return size ? [{ dataset, size }] : [];
  });
  const counted = commonest(sized);
  const [first] = counted;
  if (!first) return { datasets, incomparable: [] };
  const { unit } = first.size;
  const inUnit = counted.map(({ dataset, size }) => ({ dataset, value: convertSize(size, unit) ?? 0 }));
  const main = inUnit.reduce((largest, each) => (each.value > largest.value ? each : largest));
  return {
    datasets,
    size: { value: inUnit.reduce((sum, { value }) => sum + value, 0), unit },
    main: main.dataset,
    incomparable: sized.filter(each => !counted.includes(each)).map(({ dataset }) => dataset),
  };
}

/** Of sizes that do not all compare, those in the dimension that most have; on a tie, the first of `UNITS`. */
function commonest<T extends { readonly size: Size }>(sized: readonly T[]): readonly T[] {
  const first = sized[0];
  if (!first || sized.every(({ size }) => sameDimension(size.unit, first.size.unit))) return sized;
  return UNITS.map(unit => sized.filter(({ size }) => sameDimension(size.unit, unit))).reduce((most, each) =>
    each.length > most.length ? each : most,
  );
}

function labelledSize(dataset: Dataset, task: string): Size | undefined {
  const size = trainingSize(dataset);
  return size && { value: size.value * (labelShare(dataset, task) ?? 1), unit: size.unit };
}

/** Where a task's data is declared, for evidence. */
export function evidenceOf(data: LabelledData): readonly FileLocation[] {
  return data.datasets.map(dataset => dataset.reference);
}
