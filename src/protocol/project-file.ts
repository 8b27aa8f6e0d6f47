import * as v from 'valibot';
import { type JsonNode, type JsonSpan, parseTolerantJson } from '../common/tolerant-json';
import { type Infer, isRecord, parseJson } from '../common/validation';
import { SECTION, positive } from './settings';
import { entryOf } from '../common/named-entries';

/** The key, which is also the prefix of settings. */
export const PACKAGE_KEY = SECTION;

/** Bytes; a file of figures has a few hundred, a large `package.json` some tens of thousands. */
export const PROJECT_FILE_LIMIT = 64 * 1024;
export const PACKAGE_FILE_LIMIT = 1024 * 1024;

const share = v.pipe(v.number(), v.gtValue(0), v.maxValue(1));
const cost = v.exactOptional(positive);

/** What a strategy costs, in any unit that all of them share. */
const costs = v.strictObject({
  'end-to-end': cost,
  pipeline: cost,
  'single-task': cost,
  transfer: cost,
  multitask: cost,
});

/** What decides between the strategies of a pilot. */
export const pilotDecision = v.object({
  /** How close two strategies must come to count as a tie, as a fraction of the metric. */
  tieMargin: v.exactOptional(share),
  costs: v.exactOptional(costs),
});

export type PilotDecision = Infer<typeof pilotDecision>;

/** What a project decides of pilots; `undefined` where that is nothing. */
export function pilotDecisionOf({ tieMargin, costs: own }: ProjectSettings = {}): PilotDecision | undefined {
  if (tieMargin === undefined && own === undefined) return undefined;
  return { ...(tieMargin === undefined ? {} : { tieMargin }), ...(own ? { costs: own } : {}) };
}

/**
 * Everything that a project may decide. Only figures: nothing in it names a program, a path or an address. The words
 * for editors stand where `npm run docs` writes schemas/config.schema.json.
 */
export const projectFile = v.strictObject({
  $schema: v.exactOptional(v.string()),
  ...pilotDecision.entries,
  /** Part of the counted size by which a stated one may be off. */
  sizeTolerance: v.exactOptional(positive),
});

export type ProjectSettings = Omit<Infer<typeof projectFile>, '$schema'>;

/** What is wrong in a project file. Offsets count UTF-16 units of its text. */
export interface ProjectFileProblem extends JsonSpan {
  readonly kind: 'not-json' | 'not-an-object' | 'unknown-key' | 'bad-value';
  /** The key, with those around it: `costs.transfer`; empty for the file as a whole. */
  readonly key: string;
  /** As it is written. */
  readonly value: string;
  /** In the notation of types: `number`, `>0`. */
  readonly expected: string;
}

export interface ProjectFileReading {
  readonly settings: ProjectSettings;
  readonly problems: readonly ProjectFileProblem[];
}

/** More than this and the file is something else. */
const MOST_PROBLEMS = 50;

/**
 * Reads a project file; what is bad is left out, so that its default counts. Never throws.
 *
 * @param key where the settings stand in the file: at its top, or under this key
 * @returns `undefined` where there is nothing under the key
 */
export function readProjectFile(text: string, key?: string): ProjectFileReading | undefined {
  const whole = parseJson(text);
  const { root, brokenAt } = parseTolerantJson(text);
  if (whole === undefined || !root) {
    // A broken package.json is its owner's and no concern of this program.
    if (key !== undefined) return undefined;
    const start = Math.min(brokenAt ?? 0, Math.max(0, text.length - 1));
    return {
      settings: {},
      problems: [{ kind: 'not-json', key: '', value: '', expected: '', start, end: start + 1 }],
    };
  }
  if (key === undefined) return readSettings(whole, text, root, []);
  if (!isRecord(whole) || !Object.hasOwn(whole, key)) return undefined;
  const node = root.type === 'object' ? root.members.get(key) : undefined;
  return node && readSettings(entryOf(whole, key), text, node, [key]);
}

function readSettings(
  given: unknown,
  text: string,
  node: JsonNode,
  around: readonly string[],
): ProjectFileReading {
  // A list has numbered fields, which are not what is wrong with it.
  if (Array.isArray(given))
    return {
      settings: {},
      problems: [
        { kind: 'not-an-object', key: around.join('.'), value: '', expected: '', ...spanOf(node, [], false) },
      ],
    };
  const problems: ProjectFileProblem[] = [];
  let left = given;
  while (problems.length < MOST_PROBLEMS) {
    const read = v.safeParse(projectFile, left, { abortEarly: true });
    if (read.success) {
      const { $schema: _, ...settings } = read.output;
      return { settings, problems };
    }
    const [issue] = read.issues;
    const keys = issue.path?.map(each => String(each.key)) ?? [];
    const span = spanOf(node, keys, issue.expected === 'never');
    problems.push({
      ...span,
      kind: issue.expected === 'never' ? 'unknown-key' : keys.length === 0 ? 'not-an-object' : 'bad-value',
      key: [...around, ...keys].join('.'),
      value: shortened(text.slice(span.start, span.end)),
      expected: issue.expected ?? issue.type,
    });
    if (keys.length === 0) break;
    left = without(left, keys);
  }
  return { settings: {}, problems };
}

/** Where a value stands or, of one that should not be there, its key. */
function spanOf(node: JsonNode, keys: readonly string[], isKey: boolean): JsonSpan {
  let at = node;
  for (const [depth, key] of keys.entries()) {
    if (at.type !== 'object') break;
    const name = at.names.get(key);
    if (name && isKey && depth === keys.length - 1) return name;
    at = at.members.get(key) ?? at;
  }
  const quotes = at.type === 'string' ? 1 : 0;
  return { start: at.start - quotes, end: at.end + quotes };
}

/** A copy of an object without one of its fields, however deep. */
function without(value: unknown, [key = '', ...rest]: readonly string[]): unknown {
  if (!isRecord(value)) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(
    rest.length === 0
      ? entries.filter(([name]) => name !== key)
      : entries.map(([name, each]) => [name, name === key ? without(each, rest) : each]),
  );
}

const LONGEST = 40;

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
