import * as l10n from '@vscode/l10n';
import { DataError } from '../errors';
import type { IssueLog } from '../issues';
import type { Source } from '../source/source';
import type { SplitName } from '../splits/names';
import { emptyChunk, keepRows, type Chunk } from './chunk';
import { createEncoder, type Encoder } from './encode';
import { labelReader } from './labels';
import type { Pipeline } from './pipeline';
import type { ReadRequest } from './request';
import { readRows } from './rows';

export interface StreamOptions {
  readonly splits: readonly SplitName[];
  /** Examples to a chunk; fewer where an example is large. */
  readonly size: number;
  readonly keep: number;
  readonly issues: IssueLog;
  readonly signal?: AbortSignal | undefined;
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
  source: Source,
  request: ReadRequest,
  pipeline: Pipeline,
  options: StreamOptions,
): AsyncGenerator<SplitChunk> {
  const encoder = createEncoder(pipeline.input);
  const columns = [...encoder.columns, ...Object.values(pipeline.labels).map(({ column }) => column)];
  const size = Math.max(1, Math.min(options.size, Math.floor(MAX_CHUNK_BYTES / (4 * encoder.width))));
  const buffers = new Map(
    options.splits.map(split => [split, createBuffer(pipeline, encoder, size, options)]),
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

type Row = Parameters<Encoder['encode']>[0];

interface Buffer {
  /** Encodes one more example; waits where too much is under way already. */
  add(row: Row): Promise<unknown> | undefined;
  isFull(): boolean;
  take(): Promise<Chunk>;
}

function createBuffer(pipeline: Pipeline, encoder: Encoder, size: number, { issues }: StreamOptions): Buffer {
  const tasks = Object.entries(pipeline.labels).map(([task, label]) => ({ task, read: labelReader(label) }));
  const create = (): Chunk =>
    emptyChunk(
      size,
      encoder.width,
      encoder.type,
      tasks.map(({ task }) => task),
    );
  let chunk = create();
  let kept: boolean[] = [];
  const running = new Set<Promise<void>>();
  const fail = (error: unknown, row: number, at: boolean[]): void => {
    if (!(error instanceof DataError)) throw error;
    at[row] = false;
    const message = l10n.t('Files that cannot be read are left out');
    issues.add('error', 'unreadable-file', message, l10n.t('{0}: {1}', error.where, error.message));
  };
  return {
    add(reference) {
      const row = kept.length;
      const flags = kept;
      flags.push(true);
      for (const { task, read } of tasks) {
        const value = read(reference);
        const label = chunk.labels[task];
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
