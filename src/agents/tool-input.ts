import * as l10n from '@vscode/l10n';
import { isUserError } from '../common/errors';
import { targetsOf } from '../advisor/advisor';
import { closestMatch } from '../common/edit-distance';
import { UserError } from '../common/errors';
import type { Dataset, Problem, Task } from '../language/learning-problem';

/** What an agent asked for cannot be answered; the message, in the display language, says why and what to ask instead. */
export type ToolError = UserError<'agent-tool'>;

export function toolError(message: string): ToolError {
  return new UserError('agent-tool', 'bad-request', message);
}

export function isToolError(error: unknown): error is ToolError {
  return isUserError(error, 'agent-tool');
}

/** One value that a tool takes; `description` tells a language model what to put there. */
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

/** What a tool with these fields is given, once it was read. */
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

/** Checks what an agent gave a tool. Throws a {@link ToolError} that says what to write at the first wrong value. */
export function readInput<const F extends Fields>(fields: F, given: unknown): InputOf<F> {
  if (given !== undefined && (typeof given !== 'object' || given === null || Array.isArray(given)))
    throw toolError(l10n.t('The input is not an object.'));
  const input = new Map(Object.entries(given ?? {}).filter(([, value]) => value !== undefined));
  for (const [name, value] of input) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) throw toolError(unknownField(name, Object.keys(fields)));
    checkValue(name, value, field);
  }
  for (const [name, { required }] of Object.entries(fields))
    if (required && !input.has(name)) throw toolError(l10n.t('"{0}" is missing.', name));
  return Object.fromEntries(input) as InputOf<F>;
}

function unknownField(name: string, known: readonly string[]): string {
  const near = closestMatch(name, known);
  const unknown = l10n.t('There is no "{0}" in the input.', name);
  const hint =
    near === undefined ? l10n.t('It may have {0}.', known.join(', ')) : l10n.t('Did you mean {0}?', near);
  return `${unknown} ${hint}`;
}

function checkValue(name: string, value: unknown, field: Field): void {
  const said = JSON.stringify(value);
  if (field.type === 'number') {
    if (typeof value !== 'number' || !Number.isFinite(value) || value < field.minimum)
      throw toolError(
        l10n.t('"{0}" is {1}, not a number from {2} on, such as 20000.', name, said, field.minimum),
      );
  } else if (typeof value !== 'string' || value === '')
    throw toolError(l10n.t('"{0}" is {1}, not a text.', name, said));
  else if (field.enum && !field.enum.includes(value))
    throw toolError(l10n.t('"{0}" is {1}, none of {2}.', name, said, field.enum.join(', ')));
}

/** Names that a message lists at most: an agent reads them all. */
const MOST_NAMES = 30;

/** The task that is named, target or not; all targets where none is. Throws a {@link ToolError} where there is none of that name. */
export function requestedTasks(problem: Problem, name: string | undefined): readonly Task[] {
  if (name === undefined) return targetsOf(problem);
  const tasks = problem.tasks.filter(task => !task.name.includes('->'));
  const found = tasks.find(task => task.name === name);
  if (found) return [found];
  throw toolError(
    `${l10n.t('There is no task "{0}".', name)} ${suggestNames(
      name,
      tasks.map(task => task.name),
    )}`,
  );
}

/** Throws a {@link ToolError} where there is no dataset of that name. */
export function requestedDataset(problem: Problem, name: string): Dataset {
  const found = problem.datasets.find(dataset => dataset.name === name);
  if (found) return found;
  const names = problem.datasets.map(dataset => dataset.name);
  throw toolError(`${l10n.t('There is no dataset "{0}".', name)} ${suggestNames(name, names)}`);
}

/** What to say to somebody who asks about a workspace without annotations. */
export function noAnnotationsError(): ToolError {
  const example = '# @dataset chest-xray task=pneumonia input=image:224x224x1 num_examples=5k';
  return toolError(
    l10n.t('There are no annotations here. Write one in a comment, for example: {0}', example),
  );
}

function suggestNames(name: string, names: readonly string[]): string {
  const near = closestMatch(name, names);
  if (near !== undefined) return l10n.t('Did you mean {0}?', near);
  if (names.length === 0) return l10n.t('There are none here.');
  const more = names.length > MOST_NAMES ? ', …' : '';
  return l10n.t('There are {0}.', `${names.slice(0, MOST_NAMES).join(', ')}${more}`);
}
