import type { DatasetAnnotation, PipelineAnnotation, Step, TaskAnnotation } from './model';
import { nearest } from './nearest';
import { LARGEST_NUMBER, printNumber } from './numbers';
import { once } from './once';
import type { Problem } from './problem';
import type { Declared, FileDiagnostic } from './resolve';
import type { Located } from './text';
import { printStep } from './values';

/** What is wrong between the tasks a dataset names and what it says of them. */
export function checkDatasets(
  datasets: readonly Declared<DatasetAnnotation>[],
  problem: Problem,
): FileDiagnostic[] {
  const names = new Set(datasets.map(({ name }) => name.value));
  const tasks = declaredTasks(problem);
  const found: FileDiagnostic[] = [];
  for (const declared of datasets) {
    const { file, annotation } = declared;
    const { labels, sizes } = withinDataset(declared);
    found.push(
      ...labels,
      ...misspelledTasks(file, annotation, tasks),
      ...misspelledSources(file, annotation, names),
      ...sizes,
    );
  }
  return found;
}

/** What does not depend on anything else. */
const withinDataset = once(
  ({ annotation }: Declared<DatasetAnnotation>) => annotation,
  ({ file, annotation }) => ({
    labels: unknownLabels(file, annotation),
    sizes: sizeAgainstSplits(file, annotation),
  }),
);

/** Tasks that labels are said to be present for, or to lie in a column for, and that the dataset does not name. */
function unknownLabels(file: string, { fields }: DatasetAnnotation): FileDiagnostic[] {
  const { task: tasks, labels_present: present, label } = fields;
  if (!tasks || !(present ?? label)) return [];
  const own = new Set(tasks.value.map(task => task.value.name));
  return [...(present?.value ?? []), ...(label?.value ?? [])].flatMap(({ task }) =>
    task && !own.has(task.value) ? [unknownTask(file, task, own)] : [],
  );
}

interface DeclaredTasks {
  readonly all: ReadonlySet<string>;
  /** Those that no dataset is for. */
  readonly waiting: readonly string[];
  /** Whether a name is nearly that of one of them. */
  readonly isNear: (name: string) => boolean;
}

function declaredTasks({ tasks, datasets }: Problem): DeclaredTasks {
  const withData = new Set(datasets.flatMap(dataset => dataset.tasks));
  const all = new Set(tasks.filter(task => task.declared).map(task => task.name));
  const waiting = [...all].filter(name => !withData.has(name));
  // Many datasets are for the same few tasks.
  const near = new Map<string, boolean>();
  const isNear = (name: string): boolean => {
    const known = near.get(name) ?? nearest(name, waiting) !== undefined;
    near.set(name, known);
    return known;
  };
  return { all, waiting, isNear };
}

function unknownTask(file: string, task: Located<string>, candidates: Iterable<string>): FileDiagnostic {
  const near = nearest(task.value, candidates);
  const fix = near === undefined ? {} : { fix: { range: task.range, newText: near } };
  return {
    file,
    code: 'unknown-task',
    severity: 'warning',
    range: task.range,
    args: [task.value, near ?? ''],
    ...fix,
  };
}

/** A task nobody declared whose name is nearly that of a declared one without any data. */
function misspelledTasks(
  file: string,
  { fields }: DatasetAnnotation,
  tasks: DeclaredTasks,
): FileDiagnostic[] {
  const slips = (fields.task?.value ?? []).filter(
    ({ value }) => !value.step && !tasks.all.has(value.name) && tasks.isNear(value.name),
  );
  return slips.map(({ value, range }) => unknownTask(file, { value: value.name, range }, tasks.waiting));
}

/** `source_datasets` may name datasets of the outside world; only a slip of a known name is reported. */
function misspelledSources(
  file: string,
  annotation: DatasetAnnotation,
  names: ReadonlySet<string>,
): FileDiagnostic[] {
  return (annotation.fields.source_datasets?.value ?? []).flatMap(({ value, range }) => {
    const near = names.has(value) ? undefined : nearest(value, names);
    if (near === undefined || near === annotation.name?.value) return [];
    return [
      {
        file,
        code: 'unknown-dataset' as const,
        severity: 'hint' as const,
        range,
        args: [value, near],
        fix: { range, newText: near },
      },
    ];
  });
}

function sizeAgainstSplits(file: string, { fields }: DatasetAnnotation): FileDiagnostic[] {
  const { num_examples: stated, splits } = fields;
  if (!stated || !splits) return [];
  const sum = splits.value.reduce((total, { count }) => total + count.value, 0);
  if (Math.abs(sum - stated.value) <= 1e-6 * stated.value) return [];
  const args = [printNumber(stated.value), printNumber(sum)];
  const fix = sum <= LARGEST_NUMBER ? { fix: { range: stated.range, newText: printNumber(sum) } } : {};
  return [{ file, code: 'size-mismatch', severity: 'warning', range: stated.range, args, ...fix }];
}

export function checkTasks(tasks: readonly Declared<TaskAnnotation>[], problem: Problem): FileDiagnostic[] {
  const known = new Set([
    ...problem.tasks.map(task => task.name),
    ...problem.datasets.flatMap(dataset => dataset.tasks),
  ]);
  return tasks.flatMap(({ file, annotation }) => {
    const shared = annotation.fields.shares_features_with?.value;
    const named = shared?.kind === 'tasks' ? shared.tasks : [];
    return named.filter(task => !known.has(task.value)).map(task => unknownTask(file, task, known));
  });
}

/** Whether pipelines connect, end in their task, and engineer only steps they have. */
export function checkPipelines(
  pipelines: readonly Declared<PipelineAnnotation>[],
  datasets: readonly Declared<DatasetAnnotation>[],
): FileDiagnostic[] {
  const chains = pipelines.map(
    ({ annotation }) => annotation.fields.steps?.value.map(step => step.value) ?? [],
  );
  const steps = chains.flatMap(stepsOf);
  return [
    ...pipelines.flatMap((pipeline, i) => [
      ...brokenChain(pipeline),
      ...unknownSteps(pipeline, chains[i] ?? []),
    ]),
    ...datasets.flatMap(({ file, annotation }) =>
      (annotation.fields.task?.value ?? []).flatMap(({ value, range }) =>
        value.step && !chains.some(chain => spans(chain, value.step))
          ? [unknownStep(file, { value: value.step, range }, steps)]
          : [],
      ),
    ),
  ];
}

function brokenChain({ file, name, annotation }: Declared<PipelineAnnotation>): FileDiagnostic[] {
  const steps = annotation.fields.steps;
  const last = steps?.value.at(-1);
  if (!steps || !last || steps.value.length < 2) return [];
  const found: FileDiagnostic[] = [];
  if (last.value !== name.value) {
    const fix = { range: { start: last.range.end, end: last.range.end }, newText: ` -> ${name.value}` };
    found.push({
      file,
      code: 'pipeline-disconnected',
      severity: 'error',
      range: last.range,
      args: [last.value, name.value],
      fix,
    });
  }
  const seen = new Set<string>();
  for (const { value, range } of steps.value) {
    if (seen.has(value))
      found.push({ file, code: 'pipeline-disconnected', severity: 'error', range, args: [value, value] });
    seen.add(value);
  }
  return found;
}

function unknownSteps(
  { file, annotation }: Declared<PipelineAnnotation>,
  chain: readonly string[],
): FileDiagnostic[] {
  const steps = stepsOf(chain);
  const { engineered, modules } = annotation.fields;
  const named = [...(engineered?.value ?? []), ...(modules?.value ?? []).map(({ step }) => step)];
  return named.flatMap(step =>
    steps.includes(printStep(step.value)) ? [] : [unknownStep(file, step, steps)],
  );
}

/** As many as a message can name. */
const MOST_CANDIDATES = 8;

function unknownStep(file: string, step: Located<Step>, candidates: readonly string[]): FileDiagnostic {
  const near = nearest(printStep(step.value), candidates);
  const fix = near === undefined ? {} : { fix: { range: step.range, newText: near } };
  return {
    file,
    code: 'unknown-step',
    severity: 'warning',
    range: step.range,
    args: [printStep(step.value), near ?? candidates.slice(0, MOST_CANDIDATES).join(', ')],
    ...fix,
  };
}

function stepsOf(chain: readonly string[]): string[] {
  return chain.slice(1).map((to, i) => printStep({ from: chain[i] ?? '', to }));
}

/** Whether a step goes forward along the chain: one stage, several together, or the whole way. */
function spans(chain: readonly string[], step: Step | undefined): boolean {
  const from = step ? chain.indexOf(step.from) : -1;
  return step !== undefined && from >= 0 && chain.indexOf(step.to) > from;
}
