import {
  datasetUnknown,
  fieldMissing,
  fieldNotListed,
  fieldNotNumber,
  fieldNotText,
  fieldUnknown,
  inputNotObject,
  noAnnotations,
  taskUnknown,
} from '../messages/agent-messages';
import type * as v from 'valibot';
import { isUserError } from '../common/errors';
import { targetsOf } from '../advisor/advisor';
import { closestMatch } from '../common/edit-distance';
import { type Infer, check, isRecord } from '../common/validation';
import { UserError } from '../common/errors';
import type { Dataset, Problem, Task } from '../language/learning-problem';
import { entryOf } from '../common/named-entries';

/** A call that cannot be answered; the message, in the display language, says why and how to correct it. */
export type ToolError = UserError<'agent-tool'>;

export function toolError(message: string): ToolError {
  return new UserError('agent-tool', 'bad-request', message);
}

export function isToolError(error: unknown): error is ToolError {
  return isUserError(error, 'agent-tool');
}

/** What a tool takes: an object with these fields and no other. */
type InputSchema = v.StrictObjectSchema<v.ObjectEntries, undefined>;

/** Checks the input of a tool. Throws a {@link ToolError} that says how to correct the first wrong value. */
export function readInput<S extends InputSchema>(schema: S, given: unknown): Infer<S> {
  if (given !== undefined && !isRecord(given)) throw toolError(inputNotObject());
  const input = Object.fromEntries(Object.entries(given ?? {}).filter(([, value]) => value !== undefined));
  const known = Object.keys(schema.entries);
  // An unknown name may be a misspelt required one: said first, it helps more.
  const name = Object.keys(input).find(each => !known.includes(each));
  if (name !== undefined) throw toolError(fieldUnknown({ name, near: closestMatch(name, known), known }));
  const read = check(schema, input);
  if (read.ok) return read.value;
  const { kind, path } = read.problem;
  throw toolError(kind === 'missing' ? fieldMissing(path) : wrongValue(schema, path, entryOf(input, path)));
}

function wrongValue({ entries }: InputSchema, name: string, value: unknown): string {
  const given = { name, value: JSON.stringify(value) };
  const field = valueSchema(entryOf(entries, name));
  if (field?.type === 'number') return fieldNotNumber({ ...given, minimum: 0 });
  if (
    field &&
    'options' in field &&
    Array.isArray(field.options) &&
    typeof value === 'string' &&
    value !== ''
  )
    return fieldNotListed({ ...given, allowed: field.options.map(String) });
  return fieldNotText(given);
}

/** The schema of a field's value, where the field may be absent too. */
function valueSchema(field: object | undefined): { readonly type?: unknown } | undefined {
  return field && 'wrapped' in field && typeof field.wrapped === 'object' && field.wrapped !== null
    ? field.wrapped
    : field;
}

/** The named task, target or not; all targets without a name. Throws a {@link ToolError} for an unknown name. */
export function requestedTasks(problem: Problem, name: string | undefined): readonly Task[] {
  if (name === undefined) return targetsOf(problem);
  const tasks = problem.tasks.filter(task => !task.name.includes('->'));
  const found = tasks.find(task => task.name === name);
  if (found) return [found];
  const known = tasks.map(task => task.name);
  throw toolError(taskUnknown({ name, near: closestMatch(name, known), known }));
}

/** Throws a {@link ToolError} for an unknown name. */
export function requestedDataset(problem: Problem, name: string): Dataset {
  const found = problem.datasets.find(dataset => dataset.name === name);
  if (found) return found;
  const known = problem.datasets.map(dataset => dataset.name);
  throw toolError(datasetUnknown({ name, near: closestMatch(name, known), known }));
}

/** The workspace has no annotations. */
export function noAnnotationsError(): ToolError {
  const example = '# @dataset chest-xray task=pneumonia input=image:224x224x1 num_examples=5k';
  return toolError(noAnnotations(example));
}
