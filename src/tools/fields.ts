import * as l10n from '@vscode/l10n';
import { nearest } from '../annotations/nearest';
import { ToolError } from './tool-error';

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
    throw new ToolError(l10n.t('The input is not an object.'));
  const input = new Map(Object.entries(given ?? {}).filter(([, value]) => value !== undefined));
  for (const [name, value] of input) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) throw new ToolError(unknownField(name, Object.keys(fields)));
    checkValue(name, value, field);
  }
  for (const [name, { required }] of Object.entries(fields))
    if (required && !input.has(name)) throw new ToolError(l10n.t('"{0}" is missing.', name));
  return Object.fromEntries(input) as InputOf<F>;
}

function unknownField(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  const unknown = l10n.t('There is no "{0}" in the input.', name);
  const hint =
    near === undefined ? l10n.t('It may have {0}.', known.join(', ')) : l10n.t('Did you mean {0}?', near);
  return `${unknown} ${hint}`;
}

function checkValue(name: string, value: unknown, field: Field): void {
  const said = JSON.stringify(value);
  if (field.type === 'number') {
    if (typeof value !== 'number' || !Number.isFinite(value) || value < field.minimum)
      throw new ToolError(
        l10n.t('"{0}" is {1}, not a number from {2} on, such as 20000.', name, said, field.minimum),
      );
  } else if (typeof value !== 'string' || value === '')
    throw new ToolError(l10n.t('"{0}" is {1}, not a text.', name, said));
  else if (field.enum && !field.enum.includes(value))
    throw new ToolError(l10n.t('"{0}" is {1}, none of {2}.', name, said, field.enum.join(', ')));
}
