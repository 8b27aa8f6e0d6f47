import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { assertOwnFolders } from '../../files/own-files';
import { readOwn } from '../../files/regular-file';
import type { ExampleSource } from '../../data';

/** Features of examples, kept between trials and runs. */
export interface FeatureStore {
  /** How many features an example has; `undefined` before any is known. */
  readonly width: number | undefined;
  get(key: string): Float32Array | undefined;
  add(key: string, features: Float32Array): void;
  /** Writes what was added since. */
  save(): Promise<void>;
}

const ENDING = '.features';
const KEY_BYTES = 16;
/** Count and width, 4 bytes each. */
const HEADER_BYTES = 8;
/** In bytes, of all that is kept of one checkpoint: 200,000 images of 1,280 features. */
const MAX_BYTES = 1_100_000_000;
const MOST_FILES = 1000;

/**
 * Opens what is known of a checkpoint. Each process adds files of its own, whole or not at all, so that trials that run at
 * the same time need not wait for one another.
 *
 * @param folder of this checkpoint's features alone
 */
export async function openFeatureStore(folder: string): Promise<FeatureStore> {
  const known = new Map<string, Float32Array>();
  let width: number | undefined;
  let left = MAX_BYTES;
  const names = (await readdir(folder).catch(() => []))
    .filter(name => name.endsWith(ENDING))
    .slice(0, MOST_FILES);
  for (const name of names) {
    // What cannot be read is computed anew.
    const bytes = await readOwn(path.join(folder, name), left).catch(() => undefined);
    const part = bytes && partOf(bytes);
    if (!part || (width !== undefined && part.width !== width)) continue;
    width = part.width;
    left -= bytes.length;
    part.keys.forEach((key, i) => known.set(key, part.values.subarray(i * part.width, (i + 1) * part.width)));
  }
  let added: string[] = [];
  return {
    get width() {
      return width;
    },
    get: key => known.get(key),
    add(key, features) {
      width ??= features.length;
      known.set(key, features);
      added.push(key);
    },
    async save() {
      const keys = added;
      added = [];
      if (keys.length === 0 || width === undefined) return;
      assertOwnFolders(path.join(folder, 'any'));
      await mkdir(folder, { recursive: true });
      const draft = path.join(folder, randomUUID());
      await writeFile(draft, bytesOf(keys, width, known));
      await rename(draft, `${draft}${ENDING}`);
    },
  };
}

interface Part {
  readonly width: number;
  readonly keys: readonly string[];
  readonly values: Float32Array;
}

/** What a file holds; `undefined` where it is not as long as it says. */
function partOf(bytes: Buffer): Part | undefined {
  if (bytes.length < HEADER_BYTES) return undefined;
  const [count, width] = [bytes.readUInt32LE(0), bytes.readUInt32LE(4)];
  const start = HEADER_BYTES + count * KEY_BYTES;
  if (width === 0 || bytes.length !== start + 4 * count * width) return undefined;
  const keys = Array.from({ length: count }, (_, i) =>
    bytes.toString('hex', HEADER_BYTES + i * KEY_BYTES, HEADER_BYTES + (i + 1) * KEY_BYTES),
  );
  const values = new Float32Array(count * width);
  bytes.copy(Buffer.from(values.buffer), 0, start);
  return { width, keys, values };
}

function bytesOf(keys: readonly string[], width: number, known: ReadonlyMap<string, Float32Array>): Buffer {
  const start = HEADER_BYTES + keys.length * KEY_BYTES;
  const bytes = Buffer.alloc(start + 4 * keys.length * width);
  bytes.writeUInt32LE(keys.length, 0);
  bytes.writeUInt32LE(width, 4);
  keys.forEach((key, i) => {
    bytes.write(key, HEADER_BYTES + i * KEY_BYTES, 'hex');
    const features = known.get(key) ?? new Float32Array(width);
    Buffer.from(features.buffer, features.byteOffset, features.byteLength).copy(bytes, start + 4 * i * width);
  });
  return bytes;
}

/** What an example is known by: a text by itself, a file by its path, size and time of change. */
export async function exampleKey(source: ExampleSource): Promise<string> {
  const hash = createHash('sha256');
  if ('text' in source) hash.update('text\0').update(source.text);
  else {
    const { size, mtimeMs } = await stat(source.file);
    hash.update(`file\0${source.file}\0${size}\0${mtimeMs}`);
  }
  return hash.digest('hex').slice(0, 2 * KEY_BYTES);
}
