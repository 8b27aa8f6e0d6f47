import { hash32 } from '../../common/hash';
import { fileProblem, unreadableFilesSkipped } from '../../messages/data-access-messages';
import type { RawDataset } from '../data-tables';
import { isDataError, type DataIssue, type IssueLog, placeOf } from '../issues';
import type { Embed } from '../network-inputs/example-source';
import { type Encoder, type InputArray, createEncoder } from '../preprocessing/encode-input';
import { type LabelColumn, labelReader } from '../preprocessing/label-encoding';
import type { InputColumn } from '../preprocessing/input-columns';
import type { Preprocessing } from '../preprocessing/preprocessing';
import type { SplitName } from '../splits';
import type { DatasetRequest } from './dataset-request';
import { readRows } from './example-rows';
import type { RowPlan } from './row-plan';
import { entryOf } from '../../common/named-entries';

/** Some examples of one split, ready for training. */
export interface Chunk {
  readonly count: number;
  /** `[count, …shape]`, row by row. */
  readonly inputs: InputArray;
  readonly labels: Readonly<Record<string, LabelColumn>>;
  /** A hash of the group of each example, where the data has groups; 0 for one in none. */
  readonly groups?: Int32Array;
}

/** A dataset ready for training. */
export interface Dataset {
  readonly pipeline: Preprocessing;
  /** What becomes of each column of a table, in the table's order; none of files and arrays. */
  readonly columns: readonly InputColumn[];
  /** The shape of one example's input. */
  readonly shape: readonly number[];
  readonly examples: Readonly<Partial<Record<SplitName, number>>>;
  /** Examples that are left out because other data holds them out. */
  readonly apart: number;
  /** What was wrong with the data so far; `read` without a cache adds to it. */
  issues(): readonly DataIssue[];
  /** The examples of a split, in the order of the data, `size` to a chunk (1,024 by default). */
  read(
    split: SplitName,
    options?: { readonly size?: number; readonly signal?: AbortSignal },
  ): AsyncIterable<Chunk>;
}

export function emptyChunk(
  rows: number,
  width: number,
  type: 'float32' | 'int32',
  tasks: readonly string[],
  grouped = false,
): Chunk {
  return {
    count: rows,
    ...(grouped && { groups: new Int32Array(rows) }),
    inputs: type === 'int32' ? new Int32Array(rows * width) : new Float32Array(rows * width),
    labels: Object.fromEntries(
      tasks.map(task => [task, { values: new Float32Array(rows), present: new Uint8Array(rows) }]),
    ),
  };
}

/** Moves the kept rows together and cuts the chunk to them. */
function keepRows(chunk: Chunk, keep: readonly boolean[], width: number): Chunk {
  let count = 0;
  keep.forEach((isKept, row) => {
    if (!isKept) return;
    if (count !== row) {
      chunk.inputs.copyWithin(count * width, row * width, (row + 1) * width);
      chunk.groups?.copyWithin(count, row, row + 1);
      for (const { values, present } of Object.values(chunk.labels)) {
        values.copyWithin(count, row, row + 1);
        present.copyWithin(count, row, row + 1);
      }
    }
    count++;
  });
  return {
    count,
    inputs: chunk.inputs.subarray(0, count * width),
    ...(chunk.groups && { groups: chunk.groups.subarray(0, count) }),
    labels: Object.fromEntries(
      Object.entries(chunk.labels).map(([task, { values, present }]) => [
        task,
        { values: values.subarray(0, count), present: present.subarray(0, count) },
      ]),
    ),
  };
}

export interface ChunkOptions {
  readonly splits: readonly SplitName[];
  /** Examples to a chunk; fewer where an example is large. */
  readonly size: number;
  readonly keep: number;
  readonly plan: RowPlan;
  readonly issues: IssueLog;
  readonly signal?: AbortSignal | undefined;
  readonly embed?: Embed | undefined;
}

/** Files decoded at the same time; each keeps a thread of Node's pool busy. */
const PARALLEL = 8;
const MAX_CHUNK_BYTES = 64 * 1024 * 1024;

export interface SplitChunk {
  readonly split: SplitName;
  readonly chunk: Chunk;
}

/** Encodes the examples of some splits, chunk by chunk. Files that cannot be read are reported and left out. */
export async function* encodeChunks(
  source: RawDataset,
  request: DatasetRequest,
  pipeline: Preprocessing,
  options: ChunkOptions,
): AsyncGenerator<SplitChunk> {
  const encoder = createEncoder(pipeline.input, options.embed);
  const columns = [...encoder.columns, ...Object.values(pipeline.labels).map(({ column }) => column)];
  const size = Math.max(1, Math.min(options.size, Math.floor(MAX_CHUNK_BYTES / (4 * encoder.width))));
  const buffers = new Map(
    options.splits.map(split => [
      split,
      createBuffer(pipeline, encoder, size, { ...options, grouped: request.group !== undefined }),
    ]),
  );
  for await (const row of readRows(source, request, { ...options, columns })) {
    const buffer = buffers.get(row.split);
    if (!buffer) continue;
    const waiting = buffer.add(row);
    if (waiting) await waiting;
    if (buffer.isFull()) yield { split: row.split, chunk: await buffer.take() };
  }
  for (const [split, buffer] of buffers) {
    const chunk = await buffer.take();
    if (chunk.count > 0) yield { split, chunk };
  }
}

type Row = Parameters<Encoder['encode']>[0] & { readonly group: string | undefined };

interface ChunkBuffer {
  /** Encodes one more example; waits where too much is under way already. */
  add(row: Row): Promise<unknown> | undefined;
  isFull(): boolean;
  take(): Promise<Chunk>;
}

function createBuffer(
  pipeline: Preprocessing,
  encoder: Encoder,
  size: number,
  { issues, grouped }: ChunkOptions & { readonly grouped: boolean },
): ChunkBuffer {
  const tasks = Object.entries(pipeline.labels).map(([task, label]) => ({ task, read: labelReader(label) }));
  const create = (): Chunk =>
    emptyChunk(
      size,
      encoder.width,
      encoder.type,
      tasks.map(({ task }) => task),
      grouped,
    );
  let chunk = create();
  let kept: boolean[] = [];
  const running = new Set<Promise<void>>();
  const fail = (error: unknown, row: number, at: boolean[]): void => {
    if (!isDataError(error)) throw error;
    at[row] = false;
    const message = unreadableFilesSkipped();
    issues.add(
      'error',
      'unreadable-file',
      message,
      fileProblem({ file: placeOf(error), reason: error.message }),
    );
  };
  return {
    add(reference) {
      const row = kept.length;
      const flags = kept;
      flags.push(true);
      if (chunk.groups && reference.group !== undefined) chunk.groups[row] = hash32(reference.group, 0) | 0;
      for (const { task, read } of tasks) {
        const value = read(reference);
        const label = entryOf(chunk.labels, task);
        if (value === undefined || !label) continue;
        label.values[row] = value;
        label.present[row] = 1;
      }
      const work = encoder.encode(reference, chunk.inputs, row * encoder.width);
      if (!work) return undefined;
      const job = work
        .catch((error: unknown) => {
          fail(error, row, flags);
        })
        .finally(() => running.delete(job));
      running.add(job);
      return running.size >= PARALLEL ? Promise.race(running) : undefined;
    },
    isFull: () => kept.length >= size,
    async take() {
      await Promise.all(running);
      const result = keepRows(chunk, kept, encoder.width);
      chunk = create();
      kept = [];
      return result;
    },
  };
}
