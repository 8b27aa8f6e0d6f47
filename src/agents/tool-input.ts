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
import { isUserError } from '../common/errors';
import { targetsOf } from '../advisor/advisor';
import { closestMatch } from '../common/edit-distance';
import { UserError } from '../common/errors';
import type { Dataset, Problem, Task } from '../language/learning-problem';

/** A call that cannot be answered; the message, in the display language, says why and how to correct it. */
export type ToolError = UserError<'agent-tool'>;

export function toolError(message: string): ToolError {
  return new UserError('agent-tool', 'bad-request', message);
}

export function isToolError(error: unknown): error is ToolError {
  return isUserError(error, 'agent-tool');
}

/** One value that a tool takes; `description` is for language models. */
export type Field = (
  | { readonly type: 'string'; readonly enum?: readonly string[] }
  | { readonly type: 'number'; readonly minimum: number }
) & { readonly description: string; readonly required?: true };

export type Fields = Readonly<Record<string, Field>>;

type ValueOf<F extends Field> = F extends { readonly type: 'number' }
  ? number
  : F extends { readonly enum: readonly (infer V)[] }
    ? V
    : string;

type RequiredNames<F extends Fields> = {
  [N in keyof F]: F[N] extends { readonly required: true } ? N : never;
}[keyof F];

/** The input of a tool with these fields, once it is checked. */
export type InputOf<F extends Fields> = { readonly [N in RequiredNames<F>]: ValueOf<F[N]> } & {
  readonly [N in Exclude<keyof F, RequiredNames<F>>]?: ValueOf<F[N]>;
};

/** A JSON Schema (draft 7) of an object. */
export interface ObjectSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, object>>;
  readonly required: readonly string[];
  readonly additionalProperties: false;
}

/** The schema of what {@link readInput} takes. */
export function schemaOf(fields: Fields): ObjectSchema {
  const entries = Object.entries(fields);
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([name, field]) => [name, propertyOf(field)])),
    required: entries.flatMap(([name, { required }]) => (required ? [name] : [])),
    additionalProperties: false,
  };
}

function propertyOf({ required: _required, ...rest }: Field): object {
  return rest.type === 'string' && !rest.enum ? { ...rest, minLength: 1 } : rest;
}

/** Checks the input of a tool. Throws a {@link ToolError} that says how to correct the first wrong value. */
export function readInput<const F extends Fields>(fields: F, given: unknown): InputOf<F> {
  if (given !== undefined && (typeof given !== 'object' || given === null || Array.isArray(given)))
    throw toolError(inputNotObject());
  const input = new Map(Object.entries(given ?? {}).filter(([, value]) => value !== undefined));
  for (const [name, value] of input) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) {
      const known = Object.keys(fields);
      throw toolError(fieldUnknown({ name, near: closestMatch(name, known), known }));
    }
    checkValue(name, value, field);
  }
  for (const [name, { required }] of Object.entries(fields))
    if (required && !input.has(name)) throw toolError(fieldMissing(name));
  return Object.fromEntries(input) as InputOf<F>;
}

function checkValue(name: string, value: unknown, field: Field): void {
  const given = { name, value: JSON.stringify(value) };
  if (field.type === 'number') {
    if (typeof value !== 'number' || !Number.isFinite(value) || value < field.minimum)
      throw toolError(fieldNotNumber({ ...given, minimum: field.minimum }));
  } else if (typeof value !== 'string' || value === '') throw toolError(fieldNotText(given));
  else if (field.enum && !field.enum.includes(value))
    throw toolError(fieldNotListed({ ...given, allowed: field.enum }));
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
