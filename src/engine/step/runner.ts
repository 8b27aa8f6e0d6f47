import type { Chunk, ChunkResult } from './executor';
import type { Running } from '../runtime/onnxruntime';

/** What runs the steps of a chunk, and keeps what they carry from one to the next. */
export interface Runner {
  /** What is carried, by the placeholder's name; writing to it sets it. */
  readonly carried: () => ReadonlyMap<string, Float32Array>;
  /** @throws EngineError `not-finite`; what is carried is then that from before the chunk. */
  readonly run: (session: Running, chunk: Chunk, firstStep: number) => Promise<ChunkResult>;
}
