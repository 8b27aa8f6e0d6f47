import * as v from 'valibot';

/** What a schema lets through, read-only all the way down. */
export type Infer<S extends v.GenericSchema> = ReadonlyDeep<v.InferOutput<S>>;

type ReadonlyDeep<T> = T extends object ? { readonly [K in keyof T]: ReadonlyDeep<T[K]> } : T;

/** The first thing in which a value is not what a schema asks for. */
export interface ShapeProblem {
  readonly kind: 'missing' | 'unknown' | 'wrong';
  /** The field, as JavaScript would reach it: `jobs[2].settings`; empty for the value as a whole. */
  readonly path: string;
  /** In the notation of types: `"pilot" | "train"`, `>=0`, `number`. */
  readonly expected: string;
  /** The value that stands there, shortened. */
  readonly found: string;
}

export type Checked<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: ShapeProblem };

/** Checks a value that others have written. It never throws, and stops at the first problem, however large the value. */
export function check<S extends v.GenericSchema>(schema: S, value: unknown): Checked<Infer<S>> {
  const read = v.safeParse(schema, value, { abortEarly: true });
  // Adding `readonly` to a type changes no value.
  if (read.success) return { ok: true, value: read.output as Infer<S> };
  return { ok: false, problem: problemOf(read.issues[0]) };
}

/**
 * A reader for a schema: what a value says, or `undefined` where it does not fit.
 *
 * @__NO_SIDE_EFFECTS__
 */
export function reader<S extends v.GenericSchema>(schema: S): (value: unknown) => Infer<S> | undefined {
  return value => {
    const read = check(schema, value);
    return read.ok ? read.value : undefined;
  };
}

/** The value of a JSON text; `undefined` where it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A value that is an object, and no array; what its fields hold is not known. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const LONGEST = 60;

function problemOf(issue: v.BaseIssue<unknown>): ShapeProblem {
  const keys = issue.path?.map(({ key }) => key) ?? [];
  return {
    kind: kindOf(issue),
    path: keys.reduce<string>(join, ''),
    expected: issue.expected?.replace(/^\((.*)\)$/, '$1') ?? issue.type,
    found: shown(issue.path?.at(-1)?.value ?? issue.input),
  };
}

function kindOf({ expected, received, path }: v.BaseIssue<unknown>): ShapeProblem['kind'] {
  if (expected === 'never') return 'unknown';
  const last = path?.at(-1);
  return received === 'undefined' && last?.value === undefined ? 'missing' : 'wrong';
}

function join(path: string, key: unknown): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  const name = String(key).slice(0, LONGEST);
  if (!/^[\w$-]+$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === '' ? name : `${path}.${name}`;
}

/** A value in few characters, without writing out what is large. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = typeof value === 'string' ? JSON.stringify(value.slice(0, LONGEST)) : String(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
