import { type Located, type Position, type TextRange, contains, onLine } from '../common/text-ranges';
import type {
  Annotation,
  DatasetAnnotation,
  PipelineAnnotation,
  Step,
  TaskAnnotation,
} from '../language/annotation-model';
import { isName } from '../language/value-syntax';

/** Datasets have names of their own; tasks share theirs with the values that pipelines pass through. */
export type NameKind = 'dataset' | 'task';

/** One place where a name stands. */
export interface Occurrence {
  readonly kind: NameKind;
  readonly name: string;
  readonly range: TextRange;
  /** `@dataset name` and `@task name` declare; `@pipeline name` does for a task that nothing else declares. */
  readonly role: 'declaration' | 'pipeline' | 'reference';
}

/** Every name in an annotation, in the order of the fields. */
export function namesIn(annotation: Annotation): readonly Occurrence[] {
  switch (annotation.directive) {
    case 'dataset':
      return namesInDataset(annotation);
    case 'task':
      return namesInTask(annotation);
    case 'pipeline':
      return namesInPipeline(annotation);
  }
}

function namesInDataset({ name, fields }: DatasetAnnotation): Occurrence[] {
  return [
    ...named('dataset', 'declaration', name),
    ...(fields.task?.value ?? []).flatMap(({ value, range }) =>
      value.step ? namesInStep(value.step, range) : reference('task', { value: value.name, range }),
    ),
    ...(fields.labels_present?.value ?? []).flatMap(({ task }) => reference('task', task)),
    ...(fields.label?.value ?? []).flatMap(({ task }) => reference('task', task)),
    ...(fields.source_datasets?.value ?? []).flatMap(source => reference('dataset', source)),
  ];
}

function namesInTask({ name, fields }: TaskAnnotation): Occurrence[] {
  const shared = fields.shares_features_with?.value;
  return [
    ...named('task', 'declaration', name),
    ...(shared?.kind === 'tasks' ? shared.tasks : []).flatMap(task => reference('task', task)),
  ];
}

function namesInPipeline({ name, fields }: PipelineAnnotation): Occurrence[] {
  return [
    ...named('task', 'pipeline', name),
    ...(fields.steps?.value ?? []).flatMap(value => reference('task', value)),
    ...(fields.engineered?.value ?? []).flatMap(({ value, range }) => namesInStep(value, range)),
    ...(fields.modules?.value ?? []).flatMap(({ step }) => namesInStep(step.value, step.range)),
  ];
}

function named(kind: NameKind, role: Occurrence['role'], located: Located<string> | undefined): Occurrence[] {
  return located ? [{ kind, name: located.value, range: located.range, role }] : [];
}

const reference = (kind: NameKind, located: Located<string> | undefined): Occurrence[] =>
  named(kind, 'reference', located);

/** Both ends of `a->b`, with whatever stands between them. */
function namesInStep({ from, to }: Step, { start, end }: TextRange): Occurrence[] {
  return [
    ...reference('task', {
      value: from,
      range: onLine(start.line, start.column, start.column + from.length),
    }),
    ...reference('task', { value: to, range: onLine(end.line, end.column - to.length, end.column) }),
  ];
}

/** The annotations of one file. */
export interface AnnotatedFile {
  readonly uri: string;
  readonly annotations: readonly Annotation[];
}

/** A name and its file. */
export interface NameLocation {
  readonly uri: string;
  readonly occurrence: Occurrence;
}

/** The name at a position of a file; the position behind its last character counts. */
export function occurrenceAt(file: AnnotatedFile, position: Position): Occurrence | undefined {
  return file.annotations
    .filter(({ range }) => contains(range, position))
    .flatMap(namesIn)
    .find(({ range }) => contains(range, position));
}

/** Every place where the same name stands, file by file. */
export function referencesOf(
  files: readonly AnnotatedFile[],
  { kind, name }: Occurrence,
): readonly NameLocation[] {
  return files.flatMap(({ uri, annotations }) =>
    annotations
      .flatMap(namesIn)
      .filter(occurrence => occurrence.kind === kind && occurrence.name === name)
      .map(occurrence => ({ uri, occurrence })),
  );
}

/** Where a name is declared; for one that is only inferred, the pipeline or the first place that names it. */
export function definitionsOf(files: readonly AnnotatedFile[], wanted: Occurrence): readonly NameLocation[] {
  const places = referencesOf(files, wanted);
  const declared = places.filter(({ occurrence }) => occurrence.role === 'declaration');
  if (declared.length > 0) return declared;
  const pipelines = places.filter(({ occurrence }) => occurrence.role === 'pipeline');
  return pipelines.length > 0 ? pipelines : places.slice(0, 1);
}

/** Why a name cannot be changed into another. */
export type RenameConflict = 'bad-name' | 'taken' | undefined;

/**
 * Whether all places of a name may say `newName` instead. What is declared already would become one with it,
 * and `none` means no task where features are shared.
 */
export function renameConflict(
  files: readonly AnnotatedFile[],
  occurrence: Occurrence,
  newName: string,
): RenameConflict {
  if (!isName(newName) || newName === 'none') return 'bad-name';
  if (newName === occurrence.name) return undefined;
  return referencesOf(files, { ...occurrence, name: newName }).length > 0 ? 'taken' : undefined;
}
