import { memoize } from '../common/memoize';
import type { Located, TextRange } from '../common/text-ranges';
import type { FileDiagnostic } from './annotation-diagnostics';
import type {
  Annotation,
  DatasetAnnotation,
  DeclaredAnnotation,
  PipelineAnnotation,
  PipelineFields,
  TaskAnnotation,
} from './annotation-model';
import type { Dataset, FileLocation, Pipeline, Problem, Task } from './learning-problem';
import {
  type SymbolTable,
  buildSymbolTable,
  checkDataset,
  checkPipeline,
  checkTask,
} from './semantic-checks';

/** The annotations of one file. `file` is the caller's own name for it: a path or a URI. */
export interface FileAnnotations {
  readonly file: string;
  readonly annotations: readonly Annotation[];
}

/**
 * Puts the annotations of many files together: names resolve across files, tasks that are only named
 * by a dataset or pipeline are inferred. Where a name is declared twice the first stands.
 */
export function resolveProblem(files: readonly FileAnnotations[]): Problem {
  return resolveAll(files).problem;
}

/** A problem with what it was put together from. */
export interface ResolvedProblem {
  readonly problem: Problem;
  readonly files: readonly FileAnnotations[];
  readonly names: SymbolTable;
  readonly first: FirstDeclarations;
}

/** What stands first of each name, by kind. */
interface FirstDeclarations {
  readonly datasets: ReadonlyMap<string, DeclaredAnnotation<DatasetAnnotation>>;
  readonly tasks: ReadonlyMap<string, DeclaredAnnotation<TaskAnnotation>>;
  readonly pipelines: ReadonlyMap<string, DeclaredAnnotation<PipelineAnnotation>>;
}

const NO_DECLARATIONS: FirstDeclarations = { datasets: new Map(), tasks: new Map(), pipelines: new Map() };

/**
 * The same, to go on from.
 *
 * @param before the same folder's problem as it last stood: what was found in annotations that have not changed is
 *   taken from it. Whoever owns the problem keeps it; nothing is remembered here.
 */
export function resolveAll(files: readonly FileAnnotations[], before?: ResolvedProblem): ResolvedProblem {
  const all = files.map(declarationsOf);
  const diagnostics: FileDiagnostic[] = [];
  const first = collectFirstDeclarations(all, NO_DECLARATIONS, diagnostics);
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
  const names = symbolsOf(before, all, () => buildSymbolTable(problem, pipelines));
  diagnostics.push(...checkNames(first, names));
  return { problem, files, names, first };
}

/**
 * What is wrong between the annotations of one file and all others, as `resolveProblem` finds it, where no other file
 * has changed and this one names the same things as before: so it is with nearly every keystroke, and there is no need
 * to put all together anew. `undefined` where that is not so.
 */
export function recheckEditedFile(
  before: ResolvedProblem,
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
  const declared = declarationsOf(edited.is);
  if (declared.says !== declarationsOf(edited.was).says) return undefined;
  const diagnostics: FileDiagnostic[] = [];
  const first = collectFirstDeclarations([declared], before.first, diagnostics);
  return [...diagnostics, ...checkNames(first, before.names)];
}

function checkNames(
  { datasets, tasks, pipelines }: FirstDeclarations,
  names: SymbolTable,
): readonly FileDiagnostic[] {
  const checked = [...datasets.values()].map(dataset => checkDataset(dataset, names));
  return [
    ...checked.flatMap(found => found.names),
    ...[...tasks.values()].flatMap(task => checkTask(task, names)),
    ...[...pipelines.values()].flatMap(checkPipeline),
    ...checked.flatMap(found => found.steps),
  ];
}

/** The symbols of before for files that name the same things: then what was found in annotations stands. */
function symbolsOf(
  before: ResolvedProblem | undefined,
  files: readonly FileDeclarations[],
  build: () => SymbolTable,
): SymbolTable {
  const isSame =
    before?.files.length === files.length &&
    before.files.every((file, i) => declarationsOf(file).says === files[i]?.says);
  return before && isSame ? before.names : build();
}

const annotationsOf = ({ annotations }: FileAnnotations): object => annotations;
const annotationOf = ({ annotation }: DeclaredAnnotation): object => annotation;

/** What a file declares, by kind. */
interface FileDeclarations {
  readonly datasets: readonly DeclaredAnnotation<DatasetAnnotation>[];
  readonly tasks: readonly DeclaredAnnotation<TaskAnnotation>[];
  readonly pipelines: readonly DeclaredAnnotation<PipelineAnnotation>[];
  /** All names in it that others can be checked against: equal where they are. */
  readonly says: string;
}

const declarationsOf = memoize(annotationsOf, ({ file, annotations }: FileAnnotations): FileDeclarations => {
  const datasets: DeclaredAnnotation<DatasetAnnotation>[] = [];
  const tasks: DeclaredAnnotation<TaskAnnotation>[] = [];
  const pipelines: DeclaredAnnotation<PipelineAnnotation>[] = [];
  const says: string[] = [];
  for (const annotation of annotations) {
    const { name } = annotation;
    if (!name) continue;
    says.push(declarationSignature({ file, name, annotation }));
    if (annotation.directive === 'dataset') datasets.push({ file, name, annotation });
    else if (annotation.directive === 'task') tasks.push({ file, name, annotation });
    else pipelines.push({ file, name, annotation });
  }
  return { datasets, tasks, pipelines, says: says.join('\n') };
});

/** The names in an annotation that others can be checked against: equal where they are. */
const declarationSignature = memoize(annotationOf, ({ name, annotation }: DeclaredAnnotation): string => {
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
function collectFirstDeclarations(
  files: readonly FileDeclarations[],
  elsewhere: FirstDeclarations,
  diagnostics: FileDiagnostic[],
): FirstDeclarations {
  const firstOf = <D extends DeclaredAnnotation>(
    declared: (file: FileDeclarations) => readonly D[],
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
        diagnostics.push({
          file,
          code: 'duplicate-name',
          severity: 'error',
          range: name.range,
          directive: each.annotation.directive,
          name: name.value,
          first: `${earlier.file}:${earlier.name.range.start.line + 1}`,
        });
      }
    return first;
  };
  return {
    datasets: firstOf(file => file.datasets, elsewhere.datasets),
    tasks: firstOf(file => file.tasks, elsewhere.tasks),
    pipelines: firstOf(file => file.pipelines, elsewhere.pipelines),
  };
}

const reference = ({ file, annotation }: DeclaredAnnotation): FileLocation => ({
  file,
  range: annotation.range,
});

const toDataset = memoize(annotationOf, (declared: DeclaredAnnotation<DatasetAnnotation>): Dataset => {
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
    ...(fields.features ? { features: fields.features.value.map(({ value }) => value) } : {}),
    ...(fields.ignore ? { ignore: fields.ignore.value.map(({ value }) => value) } : {}),
    ...optional('group', fields.group),
    ...optional('time', fields.time),
    ...optional('sensor', fields.sensor),
    ...optional('instancesPerExample', fields.instances_per_example),
    ...optional('checkpoint', fields.checkpoint),
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

const toTask = memoize(annotationOf, (declared: DeclaredAnnotation<TaskAnnotation>): Task => {
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
    ...optional('checkpoint', fields.checkpoint),
  };
});

const toPipeline = memoize(annotationOf, (declared: DeclaredAnnotation<PipelineAnnotation>): Pipeline => {
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
  tasks: readonly DeclaredAnnotation<TaskAnnotation>[],
  datasets: readonly DeclaredAnnotation<DatasetAnnotation>[],
  pipelines: readonly DeclaredAnnotation<PipelineAnnotation>[],
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
