import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { throwIfAborted } from '../../common/abort';
import { check, parseJson } from '../../common/validation';
import { assertOwnFolders } from '../../files/own-files';
import { openOwn, readOwn } from '../../files/regular-file';
import { type DatasetManifest, datasetManifest } from '../../protocol/caches';
import type { RawDataset } from '../data-tables';
import { type DataIssue, createIssueLog } from '../issues';
import { createEncoder } from '../preprocessing/encode-input';
import { type Preprocessing, inputShape } from '../preprocessing/preprocessing';
import type { SplitName } from '../splits';
import { dataFingerprint, fingerprint } from './data-fingerprint';
import type { DatasetRequest, DatasetSettings } from './dataset-request';
import { type Chunk, type Dataset, type SplitChunk, emptyChunk } from './encoded-chunks';

/** Raised whenever decoding, preprocessing or the layout of the files changes. */
const VERSION = 5;

/** The folder of a decoded dataset: its name depends on the data's content and on all parameters. */
export async function cacheKey(
  source: RawDataset,
  request: DatasetRequest,
  { cache, signal }: DatasetSettings,
): Promise<string> {
  const content = await fingerprint(source, { issues: createIssueLog(), signal });
  const others: string[] = [];
  for (const { path, request: theirs } of request.apart ?? [])
    others.push(await dataFingerprint(path, { table: theirs.table, signal }));
  const name = createHash('sha256')
    // What may be read says nothing of what is: the same data is decoded once.
    .update(JSON.stringify([VERSION, content, others, sortKeys(withoutReadable(request))]))
    .digest('hex');
  return join(cache ?? '', name.slice(0, 32));
}

function withoutReadable({ readable: _, ...request }: DatasetRequest): object {
  return request;
}

/** Equal requests must give equal text, in any order of their keys. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => [key, sortKeys(each)]);
}

export type CachedDataset = Omit<Dataset, 'issues'> & { readonly issues: readonly DataIssue[] };

/** A dataset that was decoded before; `undefined` where it was not. */
export async function openCached(folder: string): Promise<CachedDataset | undefined> {
  // A link in the way stays, and the data is decoded anew without it.
  const text = await readOwn(join(folder, 'dataset.json'), MAX_MANIFEST).catch(() => undefined);
  if (text === undefined) return undefined;
  const manifest = check(datasetManifest, parseJson(text.toString('utf8')));
  if (manifest.ok && (await isWhole(folder, manifest.value))) return fromManifest(folder, manifest.value);
  // Damaged: it makes room for a whole one.
  await rm(folder, { recursive: true, force: true });
  return undefined;
}

/** What is stored beside the chunks; the issues are known once all are written. */
export interface StoredAbout {
  readonly pipeline: Preprocessing;
  readonly apart: number;
  readonly grouped: boolean;
  readonly columns: Dataset['columns'];
  readonly issues: () => readonly DataIssue[];
}

/** In bytes: a vocabulary, the statistics of an array, and issues. */
const MAX_MANIFEST = 64_000_000;

/** Whether the files of all splits are as long as the manifest states, so that no memory is taken for what is not there. */
async function isWhole(folder: string, { pipeline, examples }: DatasetManifest): Promise<boolean> {
  const { width } = createEncoder(pipeline.input);
  const labels = Object.keys(pipeline.labels).length;
  const hasSize = async (name: string, bytes: number): Promise<boolean> => {
    const found = await stat(join(folder, name)).catch(() => undefined);
    return found?.isFile() === true && found.size === bytes;
  };
  for (const [split, count] of Object.entries(examples)) {
    if (count === 0) continue;
    if (!(await hasSize(`${split}.inputs`, 4 * count * width))) return false;
    for (let i = 0; i < labels; i++)
      if (
        !(await hasSize(`${split}.${i}.values`, 4 * count)) ||
        !(await hasSize(`${split}.${i}.present`, count))
      )
        return false;
  }
  return true;
}

/** Writes all chunks; the folder appears only when it is whole, so a run that stops half-way leaves nothing wrong. */
export async function storeChunks(
  folder: string,
  about: StoredAbout,
  chunks: AsyncIterable<SplitChunk>,
): Promise<CachedDataset> {
  const draft = `${folder}.${randomUUID()}`;
  assertOwnFolders(join(draft, 'dataset.json'));
  await mkdir(draft, { recursive: true });
  const files = new Map<string, FileHandle>();
  const examples: Partial<Record<SplitName, number>> = {};
  const append = async (name: string, data: Uint8Array): Promise<void> => {
    const file = files.get(name) ?? (await open(join(draft, name), 'wx'));
    files.set(name, file);
    await file.appendFile(data);
  };
  try {
    for await (const { split, chunk } of chunks) {
      examples[split] = (examples[split] ?? 0) + chunk.count;
      await append(`${split}.inputs`, bytesOf(chunk.inputs));
      if (chunk.groups) await append(`${split}.groups`, bytesOf(chunk.groups));
      for (const [i, { values, present }] of Object.values(chunk.labels).entries()) {
        await append(`${split}.${i}.values`, bytesOf(values));
        await append(`${split}.${i}.present`, present);
      }
    }
    const { pipeline, apart, grouped, columns } = about;
    const manifest: DatasetManifest = { pipeline, examples, apart, grouped, columns, issues: about.issues() };
    await writeFile(join(draft, 'dataset.json'), JSON.stringify(manifest));
    await closeAll(files);
    // Another process may have stored the same in the meantime; either copy serves.
    await rename(draft, folder).catch(() => rm(draft, { recursive: true, force: true }));
    return fromManifest(folder, manifest);
  } catch (error) {
    await closeAll(files);
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

async function closeAll(files: Map<string, FileHandle>): Promise<void> {
  for (const file of files.values()) await file.close();
  files.clear();
}

function bytesOf(array: Float32Array | Int32Array | Uint8Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function fromManifest(
  folder: string,
  { pipeline, examples, issues, columns, apart = 0, grouped = false }: DatasetManifest,
): CachedDataset {
  return {
    pipeline,
    columns,
    examples,
    issues,
    apart,
    shape: inputShape(pipeline.input),
    read: (split, { size = 1024, signal } = {}) =>
      readStored(folder, { pipeline, grouped }, split, { total: examples[split] ?? 0, size, signal }),
  };
}

async function* readStored(
  folder: string,
  { pipeline, grouped }: { readonly pipeline: Preprocessing; readonly grouped: boolean },
  split: SplitName,
  {
    total,
    size,
    signal,
  }: { readonly total: number; readonly size: number; readonly signal: AbortSignal | undefined },
): AsyncGenerator<Chunk> {
  if (total === 0) return;
  const { width, type } = createEncoder(pipeline.input);
  const tasks = Object.keys(pipeline.labels);
  const names = [
    `${split}.inputs`,
    ...(grouped ? [`${split}.groups`] : []),
    ...tasks.flatMap((_, i) => [`${split}.${i}.values`, `${split}.${i}.present`]),
  ];
  const files: FileHandle[] = [];
  try {
    for (const name of names) files.push(await openOwn(join(folder, name)));
    for (let first = 0; first < total; first += size) {
      throwIfAborted(signal);
      const count = Math.min(size, total - first);
      const chunk = emptyChunk(count, width, type, tasks, grouped);
      const targets = [
        chunk.inputs,
        ...(chunk.groups ? [chunk.groups] : []),
        ...Object.values(chunk.labels).flatMap(({ values, present }) => [values, present]),
      ];
      for (const [i, target] of targets.entries()) await readExactly(files[i], bytesOf(target), first, count);
      yield chunk;
    }
  } finally {
    for (const file of files) await file.close();
  }
}

async function readExactly(
  file: FileHandle | undefined,
  target: Uint8Array,
  first: number,
  count: number,
): Promise<void> {
  const start = first * (target.length / count);
  for (let filled = 0; file && filled < target.length;) {
    const { bytesRead } = await file.read(target, filled, target.length - filled, start + filled);
    if (bytesRead === 0) throw new RangeError('The decoded data is cut off');
    filled += bytesRead;
  }
}
