import { sfc32Bits } from '../../common/random';

/**
 * Random numbers that depend on nothing but a seed, a step and the position of the draw within the step: the
 * same on every platform and executor, however the steps are cut into chunks.
 */

const TO_UNIT = 2 ** -24;
const SKIPPED = 12;

/** Fills `target` with numbers from [0, 1), 24 bits each: as many as a float32 holds. */
export function fillUniform(target: Float32Array, seed: number, step: number, draw: number): void {
  const bits = sfc32Bits([seed, step, draw], SKIPPED);
  for (let i = 0; i < target.length; i++) target[i] = (bits() >>> 8) * TO_UNIT;
}

/** Uniform numbers as an array of their own. */
export function uniform(size: number, seed: number, step: number, draw: number): Float32Array {
  const target = new Float32Array(size);
  fillUniform(target, seed, step, draw);
  return target;
}
