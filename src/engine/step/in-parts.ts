import { multiple, placeholder, sizeOf, type Value } from '../graph/value';

/**
 * An update passes over its tensors some ten times. In parts of this many elements (64 kB) they stay in a
 * processor's second cache in between, also in one of 512 kB; otherwise each pass waits for memory.
 */
const PART = 16384;

/** Below it, dividing costs more than it saves: as many elements as stay in the cache anyway. */
const WORTH_DIVIDING = 2 * PART;

/** How many equal parts of at most `PART` elements a size divides into; 1 when that takes too many, or is not worth it. */
export function partsOf(size: number): number {
  if (size < WORTH_DIVIDING) return 1;
  const fewest = Math.ceil(size / PART);
  for (let parts = fewest; parts <= 2 * fewest; parts++) if (size % parts === 0) return parts;
  return 1;
}

/**
 * Computes element by element on tensors of one shape. Where the first axis counts parts, it goes part after part,
 * so that what `compute` makes in between stays in the cache; a `Scan` hands out and collects parts without
 * copying. `scalars` are the same for all parts.
 */
export function inParts(
  name: string,
  tensors: readonly Value[],
  scalars: readonly Value[],
  compute: (tensors: readonly Value[], scalars: readonly Value[]) => readonly Value[],
): readonly Value[] {
  const shape = tensors[0]?.shape ?? [];
  const [parts, size] = shape;
  const divided = shape.length === 2 && parts !== 1 && parts === partsOf(sizeOf(shape));
  if (!divided || size === undefined) return compute(tensors, scalars);
  const numbers = scalars.map((value, i) => placeholder(`${name}.number${i}`, [], value.type));
  const inputs = tensors.map((value, i) => placeholder(`${name}.part${i}`, [size], value.type));
  const results = compute(inputs, numbers);
  const body = { inputs: [...numbers, ...inputs], outputs: [...numbers, ...results] };
  const outputs = multiple('Scan', [...scalars, ...tensors], { body, num_scan_inputs: tensors.length }, [
    ...scalars.map(({ type }) => ({ shape: [], type })),
    ...results.map(({ type }) => ({ shape: [parts, size], type })),
  ]);
  return outputs.slice(scalars.length);
}
