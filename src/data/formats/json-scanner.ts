import { MAX_DEPTH } from './record-columns';
import { MAX_RECORD } from './record-scanner';

/** An array of a JSON text that may hold records: one that is reached through objects alone. */
export interface JsonArray {
  /** The keys that lead to it, joined by dots; empty for one that is all of the text. */
  readonly path: string;
  /** How many elements it has, and how many of them are objects or arrays. */
  readonly elements: number;
  readonly records: number;
}

/** Told of each element of a wanted array, in order; its bytes are valid until the next. */
export type OnElement = (path: string, element: Uint8Array, index: number) => void;

export interface JsonScanner {
  /** @throws JsonFault for what is no JSON */
  scan(chunk: Uint8Array): void;
  /** Ends the text. @throws JsonFault where it is not complete */
  end(): void;
  /** The arrays so far, the text itself as the array of its values first. */
  arrays(): JsonArray[];
}

/** What makes a text no JSON, and at which byte. */
export class JsonFault extends Error {
  constructor(
    readonly kind: 'invalid' | 'incomplete' | 'too-deep' | 'too-long',
    readonly byte: number,
  ) {
    super(`${kind} at byte ${byte}`);
  }
}

/** The path of the text itself, as the array of the values that stand in it one after the other. */
export const WHOLE_TEXT = '\n';

/** Arrays are looked for so many objects deep. */
const MAX_LEVELS = 5;
const MAX_ARRAYS = 1000;
const LONGEST_KEY = 1000;

interface Level {
  readonly isArray: boolean;
  readonly path: string;
  elements: number;
  records: number;
  key: string;
  awaitsKey: boolean;
}

const [QUOTE, BACKSLASH, COMMA, COLON] = [34, 92, 44, 58];
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = [123, 125, 91, 93];

/**
 * Finds the arrays of a JSON text and their elements in pieces of the text, without decoding what is in the elements.
 *
 * @param wants whether the elements of an array are asked for, given how many it has had
 */
export function createJsonScanner(
  wants: (path: string, index: number) => boolean,
  onElement: OnElement,
): JsonScanner {
  const root: Level = { isArray: true, path: WHOLE_TEXT, elements: 0, records: 0, key: '', awaitsKey: false };
  const found: Level[] = [root];
  /** The containers around the current byte, as far as arrays are looked for; `depth` counts the others too. */
  const levels: Level[] = [root];
  const brackets: boolean[] = [];
  let inString = false;
  let escaped = false;
  let inKey = false;
  let key: number[] = [];
  /** Whether a number, a word or a string is under way or has just ended. */
  let inValue = false;
  /** The level whose element is kept, and its bytes of earlier pieces. */
  let kept: Level | undefined;
  let pieces: Uint8Array[] = [];
  let keptBytes = 0;
  let from = 0;
  let offset = 0;

  const isShallow = (): boolean => brackets.length === levels.length - 1;
  const top = (): Level => levels[levels.length - 1] ?? root;

  function keep(chunk: Uint8Array, to: number): void {
    keptBytes += to - from;
    if (keptBytes > MAX_RECORD) throw new JsonFault('too-long', offset + to);
    pieces.push(chunk.slice(from, to));
  }

  function beginValue(at: number, isRecord: boolean): void {
    if (!isShallow()) return;
    const level = top();
    if (!level.isArray) return;
    if (isRecord) level.records++;
    if (!kept && wants(level.path, level.elements)) [kept, from, keptBytes, pieces] = [level, at, 0, []];
    level.elements++;
  }

  /** Ends the value of an element before byte `to`. */
  function endValue(chunk: Uint8Array, to: number): void {
    inValue = false;
    if (!kept || !isShallow() || kept !== top()) return;
    keep(chunk, to);
    const [only] = pieces;
    const element = pieces.length === 1 && only ? only : Buffer.concat(pieces);
    const { path, elements } = kept;
    kept = undefined;
    onElement(path, element, elements - 1);
  }

  function open(at: number, isArray: boolean): void {
    if (inValue) throw new JsonFault('invalid', offset + at);
    beginValue(at, true);
    const parent = top();
    const around = isShallow();
    if (brackets.length >= MAX_DEPTH) throw new JsonFault('too-deep', offset + at);
    // Elements of arrays are records: what is in them is not looked for. The text itself is an array of its values.
    const isOpen = around && levels.length <= MAX_LEVELS && (!parent.isArray || parent === root);
    brackets.push(isArray);
    if (!isOpen || found.length >= MAX_ARRAYS) return;
    const path = parent === root ? '' : parent.path === '' ? parent.key : `${parent.path}.${parent.key}`;
    const level = { isArray, path, elements: 0, records: 0, key: '', awaitsKey: !isArray };
    levels.push(level);
    if (isArray) found.push(level);
  }

  function close(chunk: Uint8Array, at: number, isArray: boolean): void {
    if (inValue) endValue(chunk, at);
    if (brackets.at(-1) !== isArray) throw new JsonFault('invalid', offset + at);
    if (isShallow()) levels.pop();
    brackets.pop();
    endValue(chunk, at + 1);
  }

  function endKey(): void {
    inKey = false;
    top().key = Buffer.from(key).toString('utf8');
    key = [];
  }

  return {
    scan(chunk) {
      from = 0;
      for (let at = 0; at < chunk.length; at++) {
        const byte = chunk[at] ?? 0;
        if (inString) {
          if (escaped) escaped = false;
          else if (byte === BACKSLASH) escaped = true;
          else if (byte === QUOTE) {
            inString = false;
            if (inKey) endKey();
            continue;
          }
          if (inKey && key.length < LONGEST_KEY) key.push(byte);
          continue;
        }
        switch (byte) {
          case QUOTE:
            if (inValue) throw new JsonFault('invalid', offset + at);
            inString = true;
            if (isShallow() && top().awaitsKey) inKey = true;
            else {
              beginValue(at, false);
              inValue = true;
            }
            break;
          case OPEN_OBJECT:
          case OPEN_ARRAY:
            open(at, byte === OPEN_ARRAY);
            break;
          case CLOSE_OBJECT:
          case CLOSE_ARRAY:
            close(chunk, at, byte === CLOSE_ARRAY);
            break;
          case COMMA:
            if (brackets.length === 0) throw new JsonFault('invalid', offset + at);
            if (inValue) endValue(chunk, at);
            if (isShallow() && !top().isArray) top().awaitsKey = true;
            break;
          case COLON:
            if (brackets.length === 0 || (inValue && isShallow()))
              throw new JsonFault('invalid', offset + at);
            // What was taken for a value deep inside an element was a key.
            inValue = false;
            if (isShallow()) top().awaitsKey = false;
            break;
          default:
            if (byte <= 32) {
              if (inValue && brackets.length === 0) endValue(chunk, at);
            } else if (!inValue) {
              beginValue(at, false);
              inValue = true;
            }
        }
      }
      if (kept) keep(chunk, chunk.length);
      offset += chunk.length;
    },
    end() {
      if (inString || brackets.length > 0) throw new JsonFault('incomplete', offset);
      if (inValue) endValue(new Uint8Array(0), (from = 0));
    },
    arrays: () => found.map(({ path, elements, records }) => ({ path, elements, records })),
  };
}
