import type { StepState } from '../../engine';
import type { GenericSchema } from 'valibot';
import { type Infer, check, parseJson } from '../../common/validation';
import {
  type EndedPhaseHead,
  type OpenPhaseHead,
  endedPhase,
  openPhase,
  packedHead,
} from '../../protocol/caches';
import type { CheckpointIndex } from '../../protocol/job-files';
import type { Snapshot } from '../architectures/network';
import type { Score } from './evaluation';

/** What {@link packArrays} was given. */
interface Packed {
  readonly about: unknown;
  readonly arrays: readonly Float32Array[];
}

/** Arrays and what JSON can say of them, as bytes: the length of the JSON, the JSON, then the elements. */
function packArrays(about: unknown, arrays: readonly Float32Array[]): Uint8Array {
  const head = new TextEncoder().encode(
    JSON.stringify({ about, lengths: arrays.map(({ length }) => length) }),
  );
  const total = arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const bytes = new Uint8Array(4 + head.length + total);
  new DataView(bytes.buffer).setUint32(0, head.length);
  bytes.set(head, 4);
  let at = 4 + head.length;
  for (const { buffer, byteOffset, byteLength } of arrays) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return bytes;
}

/** @throws Error where a checkpoint is not what this file writes */
function valid<S extends GenericSchema>(schema: S, value: unknown): Infer<S> {
  const read = check(schema, value);
  if (read.ok) return read.value;
  const { path, expected, found } = read.problem;
  throw new Error(`A checkpoint is damaged: "${path}" is ${found}, expected ${expected}.`);
}

/** @throws Error where the bytes are not what {@link packArrays} makes, or not all of it */
function unpackArrays(bytes: Uint8Array): Packed {
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0);
  const head = new TextDecoder().decode(bytes.subarray(4, 4 + length));
  const { about, lengths } = valid(packedHead, parseJson(head));
  let at = 4 + length;
  const arrays = lengths.map(count => {
    if (at + count * 4 > bytes.length) throw new Error('Some elements are missing.');
    // Elements need not lie on a multiple of four, so they are copied.
    const elements = new Float32Array(count);
    new Uint8Array(elements.buffer).set(bytes.subarray(at, at + count * 4));
    at += count * 4;
    return elements;
  });
  return { about, arrays };
}

/** A phase that has ended: what it came to, and what its layers had learned. */
export interface EndedPhase {
  readonly score: Score;
  readonly step: number;
  readonly steps: number;
  readonly improving?: boolean;
  readonly weights: Snapshot;
}

/** A phase between two steps. */
export interface OpenPhase {
  readonly state: StepState;
  /** Validations since the best one. */
  readonly since: number;
  /** The best score of the first part of the steps. */
  readonly early?: Score;
  readonly best?: { readonly score: Score; readonly step: number; readonly weights: readonly Float32Array[] };
}

/** One phase of a job, as an earlier attempt left it. */
export interface PhaseLog {
  readonly ended: EndedPhase | undefined;
  readonly open: OpenPhase | undefined;
  /** Keeps where the phase stands, if that was not kept for a while. */
  readonly keep: (stands: () => Promise<OpenPhase>) => Promise<void>;
  readonly end: (ended: EndedPhase) => Promise<void>;
}

/**
 * What a job keeps of its training, so that it goes on from there when it was interrupted. A job runs the same phases
 * in the same order whenever it is run, so they are known by their numbers.
 */
export interface Checkpoints {
  readonly next: () => Promise<PhaseLog>;
  /** What earlier attempts have taken, in seconds, up to the point from which this one goes on. */
  readonly secondsBefore: number;
}

/** A folder's worth of files. */
export interface CheckpointFiles {
  readonly read: (name: string) => Promise<Uint8Array | undefined>;
  /** Writes a file whole or not at all. */
  readonly write: (name: string, content: Uint8Array) => Promise<void>;
}

export const CHECKPOINT = 'checkpoint.json';

/** They take turns, so that the one that the index names stays until there is another index. */
const OPEN = ['open-a.bin', 'open-b.bin'] as const;

/** For work that nobody goes on with: nothing is kept. */
export const noCheckpoints: Checkpoints = {
  secondsBefore: 0,
  next: () =>
    Promise.resolve({
      ended: undefined,
      open: undefined,
      keep: () => Promise.resolve(),
      end: () => Promise.resolve(),
    }),
};

export interface CheckpointOptions {
  /** Seconds of training between two checkpoints, at least. */
  readonly every: number;
  /** Points of training reported so far, those of earlier attempts included. */
  readonly events: () => number;
}

/** Goes on from a checkpoint, where there is one, and keeps others. */
export function openCheckpoints(
  files: CheckpointFiles,
  index: CheckpointIndex | undefined,
  { every, events }: CheckpointOptions,
): Checkpoints {
  const names: (string | null)[] = [...(index?.ended ?? [])];
  const secondsBefore = index?.seconds ?? 0;
  const start = performance.now();
  let last = start;
  let open = index?.open;
  let count = 0;
  /** Phases that have ended since the last checkpoint. */
  const fresh = new Map<number, EndedPhase>();
  const isDue = (): boolean => (performance.now() - last) / 1000 >= every;
  const write = async (phase: number, stands?: OpenPhase): Promise<void> => {
    for (const [number, ended] of fresh) {
      const name = `phase-${number}.bin`;
      await files.write(name, packEnded(ended));
      while (names.length < number) names.push(null);
      names[number] = name;
    }
    fresh.clear();
    const file = open?.file === OPEN[0] ? OPEN[1] : OPEN[0];
    if (stands) await files.write(file, packOpen(stands));
    open = stands && { phase, file };
    const next: CheckpointIndex = {
      version: 1,
      events: events(),
      seconds: secondsBefore + (performance.now() - start) / 1000,
      ended: names,
      ...(open && { open }),
    };
    await files.write(CHECKPOINT, new TextEncoder().encode(`${JSON.stringify(next)}\n`));
    last = performance.now();
  };
  return {
    secondsBefore,
    async next() {
      const number = count++;
      const name = index?.ended[number] ?? undefined;
      return {
        ended: name === undefined ? undefined : await readAs(files, name, unpackEnded),
        open: index?.open?.phase === number ? await readAs(files, index.open.file, unpackOpen) : undefined,
        async keep(stands) {
          if (isDue()) await write(number, await stands());
        },
        async end(ended) {
          fresh.set(number, ended);
          if (isDue()) await write(number);
        },
      };
    },
  };
}

/** A damaged file is as none: its phase begins anew, and comes to the same. */
async function readAs<T>(
  files: CheckpointFiles,
  name: string,
  unpack: (packed: Packed) => T,
): Promise<T | undefined> {
  const bytes = await files.read(name);
  try {
    return bytes && unpack(unpackArrays(bytes));
  } catch {
    return undefined;
  }
}

/** JSON has no infinities, and a score may be one. */
const scoreToJson = ({ value, loss }: Score): readonly [string, string] => [String(value), String(loss)];
const scoreOf = ([value, loss]: readonly [string, string]): Score => ({
  value: Number(value),
  loss: Number(loss),
});

function packEnded({ score, step, steps, improving = false, weights }: EndedPhase): Uint8Array {
  const about: EndedPhaseHead = {
    score: scoreToJson(score),
    step,
    steps,
    improving,
    layers: weights.map(({ length }) => length),
  };
  return packArrays(about, weights.flat());
}

function unpackEnded({ about, arrays }: Packed): EndedPhase {
  const { score, step, steps, improving = false, layers } = valid(endedPhase, about);
  let at = 0;
  return {
    score: scoreOf(score),
    step,
    steps,
    improving,
    weights: layers.map(count => arrays.slice(at, (at += count))),
  };
}

function packOpen({ state: { arrays, ...state }, since, early, best }: OpenPhase): Uint8Array {
  const about: OpenPhaseHead = {
    state,
    arrays: arrays.length,
    since,
    ...(early && { early: scoreToJson(early) }),
    ...(best && { best: { score: scoreToJson(best.score), step: best.step } }),
  };
  return packArrays(about, [...arrays, ...(best?.weights ?? [])]);
}

function unpackOpen({ about, arrays: all }: Packed): OpenPhase {
  const { state, arrays, since, early, best } = valid(openPhase, about);
  return {
    state: { ...state, arrays: all.slice(0, arrays) },
    since,
    ...(early && { early: scoreOf(early) }),
    ...(best && { best: { score: scoreOf(best.score), step: best.step, weights: all.slice(arrays) } }),
  };
}
