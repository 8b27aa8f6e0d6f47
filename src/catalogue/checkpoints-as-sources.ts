// What a checkpoint was trained on, as if it were annotated: then the advice counts it as a source.
import type { Dataset, Problem, Task } from '../language/learning-problem';
import { datasetSize } from '../language/learning-problem';
import {
  type KnownCheckpoint,
  type TrainingData,
  findCheckpoint,
  mainTrainingData,
} from './checkpoint-catalogue';

/** Whether anything is said of a checkpoint, so that the catalogue is worth loading. */
export function namesCheckpoints({ tasks, datasets }: Problem): boolean {
  return [...tasks, ...datasets].some(({ checkpoint }) => checkpoint !== undefined);
}

/**
 * The problem with the data of its well-known checkpoints. A task that only names a checkpoint gets the data which that
 * was trained on; sizes and inputs that annotations state stay as they are. Where a target names a checkpoint, the
 * checkpoint's own task is added as a source.
 */
export function withCheckpointData(problem: Problem): Problem {
  if (!namesCheckpoints(problem)) return problem;
  const datasets: Dataset[] = problem.datasets.map(withTrainingSize);
  const names = new Set([...problem.tasks, ...problem.datasets].map(({ name }) => name));
  const added: Task[] = [];
  const tasks = problem.tasks.map(task => {
    const known = checkpointOf(task);
    const main = known && mainTrainingData(known);
    if (!known || !main) return task;
    const own = datasets.filter(each => each.tasks.includes(task.name));
    if (task.target || own.some(each => datasetSize(each) !== undefined)) {
      const { category, input } = known;
      const { reference } = task;
      const source = {
        name: unused(main.id, names),
        reference,
        declared: true,
        target: false,
        category,
        input,
      };
      added.push(source);
      datasets.push(trainingData(source, known, main, names));
      return task;
    }
    if (own.length === 0) datasets.push(trainingData(task, known, main, names));
    else for (const each of own) datasets[datasets.indexOf(each)] = sized(each, known, main);
    return describedTask(task, known);
  });
  if (added.length === 0) return { ...problem, datasets, tasks };
  // What is added is no target: where none is marked, all that are annotated are.
  const marked = tasks.some(({ target }) => target);
  return {
    ...problem,
    datasets,
    tasks: [...(marked ? tasks : tasks.map(task => ({ ...task, target: true }))), ...added],
  };
}

function checkpointOf({ checkpoint }: Pick<Task | Dataset, 'checkpoint'>): KnownCheckpoint | undefined {
  return checkpoint === undefined ? undefined : findCheckpoint(checkpoint);
}

function withTrainingSize(dataset: Dataset): Dataset {
  const known = checkpointOf(dataset);
  const main = known && mainTrainingData(known);
  return known && main && datasetSize(dataset) === undefined ? sized(dataset, known, main) : dataset;
}

function sized(dataset: Dataset, { input }: KnownCheckpoint, { size }: TrainingData): Dataset {
  return { ...dataset, input: dataset.input ?? input, ...sizeOf(size) };
}

/** The task of a checkpoint; what is annotated counts before what the catalogue says. */
function describedTask(task: Task, { category, input }: KnownCheckpoint): Task {
  return { ...task, category: task.category ?? category, input: task.input ?? input };
}

function trainingData(
  task: Pick<Task, 'name' | 'reference'>,
  { input }: KnownCheckpoint,
  { id, size }: TrainingData,
  names: Set<string>,
): Dataset {
  return {
    name: unused(id, names),
    reference: task.reference,
    tasks: [task.name],
    input,
    unit: 'examples',
    labelsPresent: {},
    labels: {},
    sourceDatasets: [],
    ...sizeOf(size),
  };
}

function sizeOf(size: TrainingData['size']): Partial<Pick<Dataset, 'numExamples' | 'unit'>> {
  return size ? { numExamples: size.value, unit: size.unit } : {};
}

/** A name that nothing annotated has. */
function unused(name: string, names: Set<string>): string {
  let free = name;
  for (let i = 2; names.has(free); i++) free = `${name}-${i}`;
  names.add(free);
  return free;
}
