import type {
  Annotation,
  DatasetAnnotation,
  PipelineAnnotation,
  Step,
  TaskAnnotation,
} from '../annotations/model';
import { onLine, type Located, type TextRange } from '../annotations/text';

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
