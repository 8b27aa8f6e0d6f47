import * as v from 'valibot';
import type { Strategy } from '../advisor/advice';
import { isRecord } from '../common/validation';
import { UNITS } from '../language/size-units';

/** Building blocks of the schemas in this folder. */

export const text = v.string();
/** A text that says something. */
export const filled = v.pipe(v.string(), v.minLength(1));
/** The name of a kind of issue or diagnostic. */
export const code = v.pipe(v.string(), v.regex(/^[a-z]+(-[a-z]+)*$/));
/** A whole number from 0. */
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** A line of a file, from 1. */
export const line = v.pipe(v.number(), v.integer(), v.minValue(1));
export const texts = v.array(text);
export const numbers = v.array(v.number());

export const STRATEGIES = [
  'end-to-end',
  'pipeline',
  'single-task',
  'transfer',
  'multitask',
] as const satisfies readonly Strategy[];
export const strategy = v.picklist(STRATEGIES);

/**
 * A strategy as a report names it: another release may know of others, and its reports can still be shown. What this
 * one writes is always one of {@link STRATEGIES}, as the published schema says.
 */
export const reportedStrategy = v.pipe(v.string());

/** What sizes are counted in. */
export const unit = v.picklist(UNITS);

/** A figure that may have come out as NaN or infinite, which JSON writes as null. */
export const figure = v.pipe(
  v.nullable(v.number()),
  v.transform(value => value ?? NaN),
);

/** Many figures: read at once, since a schema for each element would take longer than the file. */
export const figures = v.pipe(
  v.custom<readonly (number | null)[]>(
    value => Array.isArray(value) && value.every(each => typeof each === 'number' || each === null),
    'numbers',
  ),
  v.transform(values =>
    values.includes(null) ? values.map(each => each ?? NaN) : (values as readonly number[]),
  ),
);

const valueSchemas = new WeakMap<object, v.GenericSchema>();

/**
 * Values by the names that users gave: of tasks, splits, datasets. Unlike `v.record` it takes every name, `constructor`
 * among them, and keeps each as a field of its own.
 *
 * @__NO_SIDE_EFFECTS__
 */
export function byName<S extends v.GenericSchema>(
  schema: S,
): v.GenericSchema<Readonly<Record<string, v.InferInput<S>>>, Readonly<Record<string, v.InferOutput<S>>>> {
  const read = v.pipe(
    v.custom<Readonly<Record<string, v.InferInput<S>>>>(isRecord, 'object'),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const entries: [string, v.InferOutput<S>][] = [];
      for (const [key, value] of Object.entries(dataset.value)) {
        const each = v.safeParse(schema, value, { abortEarly: true });
        if (each.success) entries.push([key, each.output]);
        else {
          const [{ path = [], message, input, expected, received }] = each.issues;
          const own = { type: 'object', origin: 'value', input: dataset.value, key, value } as const;
          addIssue({ message, input, received, expected: expected ?? 'unknown', path: [own, ...path] });
          return NEVER;
        }
      }
      return Object.fromEntries(entries);
    }),
  );
  valueSchemas.set(read.pipe[0], schema);
  return read;
}

/** The schema of the values, of a check with which a schema of {@link byName} begins. */
export function valueSchemaOf(schema: object): v.GenericSchema | undefined {
  return valueSchemas.get(schema);
}
