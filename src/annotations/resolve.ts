import type { Diagnostic } from './diagnostics';
import type {
  Annotation,
  DatasetAnnotation,
  PipelineAnnotation,
  PipelineFields,
  TaskAnnotation,
} from './model';
import type { Dataset, Pipeline, Problem, Reference, Task } from './problem';
import { checkDatasets, checkPipelines, checkTasks } from './checks';
import type { Located, TextRange } from './text';

/** The annotations of one file. `file` is the caller's own name for it: a path or a URI. */
export interface FileAnnotations {
  readonly file: string;
  readonly annotations: readonly Annotation[];
}

/** A diagnostic and the file it belongs to. */
export type FileDiagnostic = Diagnostic & { readonly file: string };

/** An annotation with the file it stands in and, resolved, its name. */
export interface Declared<A extends Annotation = Annotation> {
  readonly file: string;
  readonly name: Located<string>;
  readonly annotation: A;
}

/**
 * Puts the annotations of many files together: names resolve across files, tasks that are only named
 * by a dataset or pipeline are inferred. Where a name is declared twice the first stands.
 */
export function resolveProblem(files: readonly FileAnnotations[]): Problem {
  const all = files.flatMap(({ file, annotations }) =>
    annotations.flatMap(annotation => (annotation.name ? [{ file, name: annotation.name, annotation }] : [])),
  );
  const diagnostics: FileDiagnostic[] = [];
  const datasets = firstOfEachName(all.filter(isDataset), diagnostics);
  const tasks = firstOfEachName(all.filter(isTask), diagnostics);
  const pipelines = firstOfEachName(all.filter(isPipeline), diagnostics);
  const problem: Problem = {
    datasets: datasets.map(toDataset),
    pipelines: pipelines.map(toPipeline).filter(pipeline => pipeline.steps.length > 0),
    tasks: withInferred(tasks, datasets, pipelines),
    diagnostics,
  };
  diagnostics.push(
    ...checkDatasets(datasets, problem),
    ...checkTasks(tasks, problem),
    ...checkPipelines(pipelines, datasets),
  );
  return problem;
}

const isDataset = (declared: Declared): declared is Declared<DatasetAnnotation> =>
  declared.annotation.directive === 'dataset';
const isTask = (declared: Declared): declared is Declared<TaskAnnotation> =>
  declared.annotation.directive === 'task';
const isPipeline = (declared: Declared): declared is Declared<PipelineAnnotation> =>
  declared.annotation.directive === 'pipeline';

function firstOfEachName<D extends Declared>(declared: readonly D[], diagnostics: FileDiagnostic[]): D[] {
  const first = new Map<string, D>();
  for (const each of declared) {
    const earlier = first.get(each.name.value);
    if (!earlier) first.set(each.name.value, each);
    else {
      const where = `${earlier.file}:${earlier.name.range.start.line + 1}`;
      const args = [`@${each.annotation.directive}`, each.name.value, where];
      diagnostics.push({
        file: each.file,
        code: 'duplicate-name',
        severity: 'error',
        range: each.name.range,
        args,
      });
    }
  }
  return [...first.values()];
}

const reference = ({ file, annotation }: Declared): Reference => ({ file, range: annotation.range });

/**
 * Makes something of an annotation once: of all that are put together with each keystroke, hardly any has changed.
 * Annotations never do, and one that is edited is another.
 */
function once<A extends Annotation, T>(make: (declared: Declared<A>) => T): (declared: Declared<A>) => T {
  const known = new WeakMap<A, { readonly file: string; readonly made: T }>();
  return declared => {
    const { annotation, file } = declared;
    const before = known.get(annotation);
    if (before?.file === file) return before.made;
    const made = make(declared);
    known.set(annotation, { file, made });
    return made;
  };
}

const toDataset = once((declared: Declared<DatasetAnnotation>): Dataset => {
  const { fields } = declared.annotation;
  const tasks = [...new Set(fields.task?.value.map(task => task.value.name) ?? [])];
  // In a unit that could not be read, sizes say nothing: they are unknown rather than taken for examples.
  const unreadable = declared.annotation.keys['unit'] !== undefined && !fields.unit;
  return {
    name: declared.name.value,
    reference: reference(declared),
    tasks,
    unit: fields.unit?.value ?? 'examples',
    labelsPresent: byTask(
      tasks,
      fields.labels_present?.value.map(({ task, share }) => [task?.value, share.value] as const),
    ),
    labels: byTask(
      tasks,
      fields.label?.value.map(({ task, column }) => [task?.value, column.value] as const),
    ),
    sourceDatasets: fields.source_datasets?.value.map(name => name.value) ?? [],
    ...optional('input', fields.input),
    ...optional('numExamples', unreadable ? undefined : fields.num_examples),
    ...(fields.splits && !unreadable
      ? {
          splits: Object.fromEntries(fields.splits.value.map(({ name, count }) => [name.value, count.value])),
        }
      : {}),
    ...optional('positive', fields.positive),
    ...optional('path', fields.path),
    ...optional('group', fields.group),
    ...optional('sensor', fields.sensor),
    ...optional('instancesPerExample', fields.instances_per_example),
  };
});

/** One value for all tasks, or one for each. */
function byTask<T>(
  tasks: readonly string[],
  values: readonly (readonly [string | undefined, T])[] = [],
): Record<string, T> {
  return Object.fromEntries(
    values.flatMap(([task, value]) => (task === undefined ? tasks : [task]).map(name => [name, value])),
  );
}

const toTask = once((declared: Declared<TaskAnnotation>): Task => {
  const { fields } = declared.annotation;
  const shared = fields.shares_features_with?.value;
  return {
    name: declared.name.value,
    reference: reference(declared),
    declared: true,
    target: fields.target !== undefined,
    ...optional('category', fields.category),
    ...optional('input', fields.input),
    ...optional('output', fields.output),
    ...optional('metric', fields.metric),
    ...(shared
      ? {
          sharesFeaturesWith:
            shared.kind === 'none' ? ('none' as const) : shared.tasks.map(task => task.value),
        }
      : {}),
    ...optional('numParams', fields.num_params),
    ...optional('train', fields.train),
    ...optional('model', fields.model),
  };
});

const toPipeline = once((declared: Declared<PipelineAnnotation>): Pipeline => {
  const { fields } = declared.annotation;
  const chain = fields.steps?.value.map(step => step.value) ?? [];
  return {
    task: declared.name.value,
    reference: reference(declared),
    steps: chain.slice(1).map((to, i) => ({ from: chain[i] ?? '', to })),
    ...engineeredSteps(fields),
  };
});

/** A step that something is run for is engineered, whether or not it is called so as well. */
function engineeredSteps({ engineered, modules }: PipelineFields): Pick<Pipeline, 'engineered' | 'modules'> {
  const named = engineered?.value.map(({ value }) => value) ?? [];
  const run = modules?.value.map(({ step, module }) => ({ ...step.value, module: module.value })) ?? [];
  const implied = run
    .filter(({ from, to }) => !named.some(step => step.from === from && step.to === to))
    .map(({ from, to }) => ({ from, to }));
  return { engineered: [...named, ...implied], ...(run.length > 0 && { modules: run }) };
}

/** `{ key: value }` of a located value, or nothing: absence stays absence. */
function optional<K extends string, T>(key: K, located: Located<T> | undefined): { readonly [P in K]?: T } {
  return (located ? { [key]: located.value } : {}) as { readonly [P in K]?: T };
}

function withInferred(
  tasks: readonly Declared<TaskAnnotation>[],
  datasets: readonly Declared<DatasetAnnotation>[],
  pipelines: readonly Declared<PipelineAnnotation>[],
): Task[] {
  const all = new Map(tasks.map(declared => [declared.name.value, toTask(declared)]));
  const infer = (name: string, file: string, range: TextRange): void => {
    if (!all.has(name)) all.set(name, { name, reference: { file, range }, declared: false, target: false });
  };
  for (const { name, file } of pipelines) infer(name.value, file, name.range);
  for (const { annotation, file } of datasets)
    for (const { value: task, range } of annotation.fields.task?.value ?? [])
      if (!task.step) infer(task.name, file, range);
  return [...all.values()];
}
