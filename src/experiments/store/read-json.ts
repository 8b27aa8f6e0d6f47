import type { GenericSchema } from 'valibot';
import { type Infer, type ShapeProblem, check, isRecord, parseJson } from '../../common/validation';
import { shapeProblemText } from '../../messages/validation-text';
import { runError } from '../experiment-errors';
import { readText } from './atomic-files';
import { damagedFile, newerVersion, notRunJson } from '../../messages/run-messages';

/** The version of all files of runs that this release writes. */
const VERSION = 1;

/** An object of JSON that says its version, with fields that nobody has looked at. */
export type VersionedFields = Readonly<Record<string, unknown>>;

/**
 * A file of JSON that says its version; `undefined` where there is none.
 *
 * @throws RunError `broken` for what is not such a file, `newer-version` for a later one
 */
export async function readVersioned(file: string, limit?: number): Promise<VersionedFields | undefined> {
  const text = await readText(file, limit);
  if (text === undefined) return undefined;
  const value = parseJson(text);
  if (!isRecord(value) || !Object.hasOwn(value, 'version') || hasInfinity(value))
    throw runError('broken', notRunJson(file));
  const { version } = value;
  if (typeof version === 'number' && version > VERSION) throw runError('newer-version', newerVersion(file));
  return value;
}

/** Whether a number of it is infinite: JSON can write `1e400`, and no figure of ours is that large. */
function hasInfinity(value: unknown): boolean {
  const left: unknown[] = [value];
  for (let each = left.pop(); each !== undefined; each = left.pop()) {
    if (each === Infinity || each === -Infinity) return true;
    // One by one: an array of predictions has more elements than a call may have arguments.
    if (typeof each === 'object' && each !== null)
      for (const inner of Object.values(each)) if (inner !== undefined) left.push(inner);
  }
  return false;
}

/**
 * What a file of a run says, checked; `undefined` where there is none.
 *
 * @throws RunError `broken`, naming the first field that is wrong, or `newer-version`
 */
export async function readChecked<S extends GenericSchema>(
  file: string,
  schema: S,
  limit?: number,
): Promise<Infer<S> | undefined> {
  const value = await readVersioned(file, limit);
  if (value === undefined) return undefined;
  const read = check(schema, value);
  if (!read.ok) throw damaged(file, read.problem);
  return read.value;
}

/** The same for a file without which the rest can be read: `undefined` where it is missing, damaged or newer, too. */
export async function readIfWhole<S extends GenericSchema>(
  file: string,
  schema: S,
  limit?: number,
): Promise<Infer<S> | undefined> {
  return readChecked(file, schema, limit).catch(() => undefined);
}

function damaged(file: string, problem: ShapeProblem): Error {
  return runError('broken', damagedFile({ file, reason: shapeProblemText(problem) }));
}
