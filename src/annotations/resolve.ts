import type { Diagnostic } from './diagnostics';
import type {
  Annotation,
  DatasetAnnotation,
  PipelineAnnotation,
  PipelineFields,
  TaskAnnotation,
} from './model';
import type { Dataset, Pipeline, Problem, Reference, Task } from './problem';
import { checkDataset, checkPipeline, checkTask, vocabularyOf, type Vocabulary } from './checks';
import { once } from './once';
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
  return resolveAll(files).problem;
}

/** A problem with what it was put together from. */
export interface Resolved {
  readonly problem: Problem;
  readonly files: readonly FileAnnotations[];
  readonly names: Vocabulary;
  readonly first: FirstOfEachName;
}

/** What stands first of each name, by kind. */
interface FirstOfEachName {
  readonly datasets: ReadonlyMap<string, Declared<DatasetAnnotation>>;
  readonly tasks: ReadonlyMap<string, Declared<TaskAnnotation>>;
  readonly pipelines: ReadonlyMap<string, Declared<PipelineAnnotation>>;
}

const NOWHERE: FirstOfEachName = { datasets: new Map(), tasks: new Map(), pipelines: new Map() };

/** The same, to go on from. */
export function resolveAll(files: readonly FileAnnotations[]): Resolved {
  const all = files.map(declaredIn);
  const diagnostics: FileDiagnostic[] = [];
  const first = firstOfEachName(all, NOWHERE, diagnostics);
  const [datasets, tasks, pipelines] = [
    [...first.datasets.values()],
    [...first.tasks.values()],
    [...first.pipelines.values()],
  ];
  const problem: Problem = {
    datasets: datasets.map(toDataset),
    pipelines: pipelines.map(toPipeline).filter(pipeline => pipeline.steps.length > 0),
    tasks: withInferred(tasks, datasets, pipelines),
    diagnostics,
  };
  const names = vocabulary(all, () => vocabularyOf(problem, pipelines));
  diagnostics.push(...checkNames(first, names));
  return { problem, files, names, first };
}

/**
 * What is wrong between the annotations of one file and all others, as `resolveProblem` finds it, where no other file
 * has changed and this one names the same things as before: so it is with nearly every keystroke, and there is no need
 * to put all together anew. `undefined` where that is not so.
 */
export function recheck(
  before: Resolved,
  files: readonly FileAnnotations[],
  name: string,
): readonly FileDiagnostic[] | undefined {
  if (files.length !== before.files.length) return undefined;
  let edited: { readonly was: FileAnnotations; readonly is: FileAnnotations } | undefined;
  for (const [i, is] of files.entries()) {
    const was = before.files[i];
    if (was?.file !== is.file) return undefined;
    if (was.annotations === is.annotations) continue;
    if (edited || is.file !== name) return undefined;
    edited = { was, is };
  }
  if (!edited) return undefined;
  const declared = declaredIn(edited.is);
  if (declared.says !== declaredIn(edited.was).says) return undefined;
  const diagnostics: FileDiagnostic[] = [];
  const first = firstOfEachName([declared], before.first, diagnostics);
  return [...diagnostics, ...checkNames(first, before.names)];
}

function checkNames(
  { datasets, tasks, pipelines }: FirstOfEachName,
  names: Vocabulary,
): readonly FileDiagnostic[] {
  const checked = [...datasets.values()].map(dataset => checkDataset(dataset, names));
  return [
    ...checked.flatMap(found => found.names),
    ...[...tasks.values()].flatMap(task => checkTask(task, names)),
    ...[...pipelines.values()].flatMap(checkPipeline),
    ...checked.flatMap(found => found.steps),
  ];
}

/** The same vocabulary for files that name the same things: then what was found in annotations stands. */
const vocabulary = (() => {
  let last: { readonly says: readonly string[]; readonly names: Vocabulary } | undefined;
  return (files: readonly DeclaredFile[], make: () => Vocabulary): Vocabulary => {
    const says = files.map(file => file.says);
    const isSame = last?.says.length === says.length && last.says.every((text, i) => text === says[i]);
    if (!last || !isSame) last = { says, names: make() };
    return last.names;
  };
})();

const annotationsOf = ({ annotations }: FileAnnotations): object => annotations;
const annotationOf = ({ annotation }: Declared): object => annotation;

/** What a file declares, by kind. */
interface DeclaredFile {
  readonly datasets: readonly Declared<DatasetAnnotation>[];
  readonly tasks: readonly Declared<TaskAnnotation>[];
  readonly pipelines: readonly Declared<PipelineAnnotation>[];
  /** All names in it that others can be checked against: equal where they are. */
  readonly says: string;
}

const declaredIn = once(annotationsOf, ({ file, annotations }: FileAnnotations): DeclaredFile => {
  const datasets: Declared<DatasetAnnotation>[] = [];
  const tasks: Declared<TaskAnnotation>[] = [];
  const pipelines: Declared<PipelineAnnotation>[] = [];
  const says: string[] = [];
  for (const annotation of annotations) {
    const { name } = annotation;
    if (!name) continue;
    says.push(saysOf({ file, name, annotation }));
    if (annotation.directive === 'dataset') datasets.push({ file, name, annotation });
    else if (annotation.directive === 'task') tasks.push({ file, name, annotation });
    else pipelines.push({ file, name, annotation });
  }
  return { datasets, tasks, pipelines, says: says.join('\n') };
});

/** The names in an annotation that others can be checked against: equal where they are. */
const saysOf = once(annotationOf, ({ name, annotation }: Declared): string => {
  const { directive } = annotation;
  const named =
    directive === 'dataset'
      ? annotation.fields.task?.value.map(({ value }) => [value.name, value.step])
      : directive === 'pipeline'
        ? annotation.fields.steps?.value.map(({ value }) => value)
        : [];
  return JSON.stringify([directive, name.value, named]);
});

/** @param elsewhere what other files have first; what it says of these files does not count */
function firstOfEachName(
  files: readonly DeclaredFile[],
  elsewhere: FirstOfEachName,
  diagnostics: FileDiagnostic[],
): FirstOfEachName {
  const firstOf = <D extends Declared>(
    declared: (file: DeclaredFile) => readonly D[],
    others: ReadonlyMap<string, D>,
  ): ReadonlyMap<string, D> => {
    const first = new Map<string, D>();
    for (const inFile of files)
      for (const each of declared(inFile)) {
        const { file, name } = each;
        const other = others.get(name.value);
        const earlier = other && other.file !== file ? other : first.get(name.value);
        if (!earlier) {
          first.set(name.value, each);
          continue;
        }
        const where = `${earlier.file}:${earlier.name.range.start.line + 1}`;
        const args = [`@${each.annotation.directive}`, name.value, where];
        diagnostics.push({ file, code: 'duplicate-name', severity: 'error', range: name.range, args });
      }
    return first;
  };
  return {
    datasets: firstOf(file => file.datasets, elsewhere.datasets),
    tasks: firstOf(file => file.tasks, elsewhere.tasks),
    pipelines: firstOf(file => file.pipelines, elsewhere.pipelines),
  };
}

const reference = ({ file, annotation }: Declared): Reference => ({ file, range: annotation.range });

const toDataset = once(annotationOf, (declared: Declared<DatasetAnnotation>): Dataset => {
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

const toTask = once(annotationOf, (declared: Declared<TaskAnnotation>): Task => {
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

const toPipeline = once(annotationOf, (declared: Declared<PipelineAnnotation>): Pipeline => {
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
