/**
 * Random numbers that depend on nothing but a seed, a step and the position of the draw within the step: the
 * same on every platform and executor, however the steps are cut into chunks.
 */

const GOLDEN = 0x9e3779b9;
const TO_UNIT = 2 ** -24;
const WARM_UP = 12;

/** Fills `target` with numbers from [0, 1), 24 bits each (the generator is sfc32). */
export function fillUniform(target: Float32Array, seed: number, step: number, draw: number): void {
  let a = seed | 0;
  let b = step | 0;
  let c = (draw ^ GOLDEN) | 0;
  let counter = 1;
  for (let i = -WARM_UP; i < target.length; i++) {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    if (i >= 0) target[i] = (sum >>> 8) * TO_UNIT;
  }
}

/** Uniform numbers as an array of their own. */
export function uniform(size: number, seed: number, step: number, draw: number): Float32Array {
  const target = new Float32Array(size);
  fillUniform(target, seed, step, draw);
  return target;
}
