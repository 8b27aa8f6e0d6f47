import { closestMatch } from '../common/edit-distance';
import { memoize, memoizeWithContext } from '../common/memoize';
import { LARGEST_NUMBER, printNumber } from '../common/number-notation';
import type { Located } from '../common/text-ranges';
import type { FileDiagnostic } from './annotation-diagnostics';
import type {
  DatasetAnnotation,
  DeclaredAnnotation,
  PipelineAnnotation,
  Step,
  TaskAnnotation,
} from './annotation-model';
import type { Problem } from './learning-problem';
import { printStep } from './value-syntax';

/** The names that annotations are checked against. Hardly an edit changes them. */
export interface SymbolTable {
  readonly datasets: ReadonlySet<string>;
  /** Tasks that are declared, or that a dataset is for. */
  readonly tasks: ReadonlySet<string>;
  readonly declared: ReadonlySet<string>;
  /** Declared tasks that no dataset is for. */
  readonly waiting: readonly string[];
  /** Whether a name is nearly that of one of them. */
  readonly isNear: (name: string) => boolean;
  /** The pipelines, each as its states. */
  readonly chains: readonly (readonly string[])[];
  /** All steps of them, printed. */
  readonly steps: readonly string[];
}

export function buildSymbolTable(
  { tasks, datasets }: Pick<Problem, 'tasks' | 'datasets'>,
  pipelines: readonly DeclaredAnnotation<PipelineAnnotation>[],
): SymbolTable {
  const withData = new Set(datasets.flatMap(dataset => dataset.tasks));
  const declared = new Set(tasks.filter(task => task.declared).map(task => task.name));
  const waiting = [...declared].filter(name => !withData.has(name));
  const chains = pipelines.map(({ annotation }) => chainOf(annotation));
  // Many datasets are for the same few tasks.
  const near = new Map<string, boolean>();
  return {
    datasets: new Set(datasets.map(({ name }) => name)),
    tasks: new Set([...tasks.map(task => task.name), ...withData]),
    ...{ declared, waiting, chains, steps: chains.flatMap(stepsOf) },
    isNear(name) {
      const known = near.get(name) ?? closestMatch(name, waiting) !== undefined;
      near.set(name, known);
      return known;
    },
  };
}

const annotationOf = ({ annotation }: DeclaredAnnotation): object => annotation;

/** What is wrong with the names and sizes of a dataset, and with its steps of pipelines. */
export const checkDataset = memoizeWithContext(
  annotationOf,
  ({ file, annotation }: DeclaredAnnotation<DatasetAnnotation>, names: SymbolTable) => ({
    names: [
      ...unknownLabels(file, annotation),
      ...misspelledTasks(file, annotation, names),
      ...misspelledSources(file, annotation, names.datasets),
      ...sizeAgainstSplits(file, annotation),
    ],
    steps: unknownStepsOfData(file, annotation, names),
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

function unknownTask(file: string, task: Located<string>, candidates: Iterable<string>): FileDiagnostic {
  const near = closestMatch(task.value, candidates);
  const fix = near === undefined ? {} : { fix: { range: task.range, newText: near } };
  return {
    file,
    code: 'unknown-task',
    severity: 'warning',
    range: task.range,
    task: task.value,
    nearest: near,
    ...fix,
  };
}

/** A task nobody declared whose name is nearly that of a declared one without any data. */
function misspelledTasks(file: string, { fields }: DatasetAnnotation, tasks: SymbolTable): FileDiagnostic[] {
  const slips = (fields.task?.value ?? []).filter(
    ({ value }) => !value.step && !tasks.declared.has(value.name) && tasks.isNear(value.name),
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
    const near = names.has(value) ? undefined : closestMatch(value, names);
    if (near === undefined || near === annotation.name?.value) return [];
    return [
      {
        file,
        code: 'unknown-dataset' as const,
        severity: 'hint' as const,
        range,
        dataset: value,
        nearest: near,
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
  const { range, value } = stated;
  const fix = sum <= LARGEST_NUMBER ? { fix: { range, newText: printNumber(sum) } } : {};
  return [{ file, code: 'size-mismatch', severity: 'warning', range, stated: value, sum, ...fix }];
}

/** Tasks that another declares to share features with, and that nobody has declared or has data for. */
export const checkTask = memoizeWithContext(
  annotationOf,
  ({ file, annotation }: DeclaredAnnotation<TaskAnnotation>, { tasks }: SymbolTable) => {
    const shared = annotation.fields.shares_features_with?.value;
    const named = shared?.kind === 'tasks' ? shared.tasks : [];
    return named.filter(task => !tasks.has(task.value)).map(task => unknownTask(file, task, tasks));
  },
);

/** Whether a pipeline connects, ends in its task, and engineers only steps it has. */
export const checkPipeline = memoize(annotationOf, (pipeline: DeclaredAnnotation<PipelineAnnotation>) => [
  ...brokenChain(pipeline),
  ...unknownSteps(pipeline, chainOf(pipeline.annotation)),
]);

function chainOf({ fields }: PipelineAnnotation): readonly string[] {
  return fields.steps?.value.map(step => step.value) ?? [];
}

/** Steps that a dataset is for, and that no pipeline has. */
function unknownStepsOfData(
  file: string,
  { fields }: DatasetAnnotation,
  { chains, steps }: SymbolTable,
): FileDiagnostic[] {
  return (fields.task?.value ?? []).flatMap(({ value, range }) =>
    value.step && !chains.some(chain => spans(chain, value.step))
      ? [unknownStep(file, { value: value.step, range }, steps)]
      : [],
  );
}

function brokenChain({ file, name, annotation }: DeclaredAnnotation<PipelineAnnotation>): FileDiagnostic[] {
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
      break: { kind: 'wrong-end', last: last.value, task: name.value },
      fix,
    });
  }
  const seen = new Set<string>();
  for (const { value, range } of steps.value) {
    if (seen.has(value))
      found.push({
        file,
        code: 'pipeline-disconnected',
        severity: 'error',
        range,
        break: { kind: 'repeated', name: value },
      });
    seen.add(value);
  }
  return found;
}

function unknownSteps(
  { file, annotation }: DeclaredAnnotation<PipelineAnnotation>,
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
  const near = closestMatch(printStep(step.value), candidates);
  const fix = near === undefined ? {} : { fix: { range: step.range, newText: near } };
  return {
    file,
    code: 'unknown-step',
    severity: 'warning',
    range: step.range,
    step: printStep(step.value),
    ...(near === undefined ? {} : { nearest: near }),
    known: candidates.slice(0, MOST_CANDIDATES),
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
