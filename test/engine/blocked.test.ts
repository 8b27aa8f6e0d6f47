/** The blocked lowerings of gradients against plain loops, on whole numbers, which both compute exactly. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Geometry } from '../../src/engine/graph/convolution';
import { type Value, constant } from '../../src/engine/graph/nodes-and-values';
import { maxPoolGradient, pool } from '../../src/engine/graph/pooling';
import { fromBlocked, setChannelBlock, toBlocked } from '../../src/engine/graph/tensor-layout';
import { convolutionLowerings } from '../../src/engine/lowerings/convolution-lowerings';
import { findChannelBlock } from '../../src/engine/runtime/channel-block';
import { evaluate } from '../../src/engine/tfjs-backend/graph-evaluation';
import { uniform } from '../../src/engine/training-step/random-draws';
import { type Image, filterGradient, poolGradient } from './models/loops';

/** Few different numbers, so that windows have ties; after a rectifier, zeros among them. */
function wholeNumbers(shape: Image['shape'], seed: number, lowest: number): Image {
  const size = shape.reduce((product, d) => product * d, 1);
  return { shape, data: uniform(size, seed, 0, 0).map(x => Math.floor(x * 4) + lowest) };
}

/** What a value comes to; zeros lose their sign. */
async function numbers(result: Value): Promise<number[]> {
  return Array.from((await evaluate(result)).data as Float32Array, x => x + 0);
}

const value = (image: Image): Value => constant(image.data, image.shape, 'float32');
/** The same elements, as they come out of a blocked convolution. */
const blocked = (image: Image): Value => fromBlocked(toBlocked(value(image)));

function tiling(kernel: readonly [number, number], shape: Image['shape']): Geometry {
  const [batch, height, width, channels] = shape;
  return {
    kernel,
    strides: kernel,
    dilations: [1, 1],
    pads: [0, 0, 0, 0],
    input: [height, width],
    output: [height / kernel[0], width / kernel[1]],
    batch,
    channelsIn: channels,
    channelsOut: channels,
  };
}

const windows = fc.constantFrom<[number, number]>([2, 2], [1, 2], [2, 1]);
const RUNS = { numRuns: 25, seed: 5 };

describe('blocked gradients', function () {
  before(async function () {
    const block = await findChannelBlock();
    if (block === 1) {
      this.test!.parent!.title += ' (skipped: this processor has no blocked kernels)';
      this.skip();
    }
    setChannelBlock(block);
  });

  it('give the gradient of a window to its first maximum', async () => {
    const cases = fc.asyncProperty(
      windows,
      fc.integer({ min: 1, max: 3 }),
      fc.nat(),
      async (kernel, n, seed) => {
        const x = wholeNumbers([n, 2 * n + 2, 6, 32], seed, -1);
        const g = tiling(kernel, x.shape);
        const dy = wholeNumbers([n, ...g.output, 32], seed + 1, -2);
        const source = blocked(x);
        const dx = maxPoolGradient(source, pool('MaxPool', source, g), blocked(dy), g);
        assert.deepEqual(await numbers(dx), Array.from(poolGradient(x, dy, kernel)));
      },
    );
    await fc.assert(cases, RUNS);
  });

  const convolutions = fc.record({
    size: fc.integer({ min: 5, max: 8 }),
    kernel: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 2, max: 4 })),
    strides: fc.constantFrom(1, 2),
    pad: fc.constantFrom<'same' | 'valid'>('same', 'valid'),
    channels: fc.constantFrom(1, 3, 8, 16, 32),
    batch: fc.constantFrom(6, 16, 32),
    seed: fc.nat(),
  });

  it('sum filters over the examples', async () => {
    const cases = fc.asyncProperty(
      convolutions,
      async ({ size, kernel, strides, pad, channels, batch, seed }) => {
        const x = wholeNumbers([batch, size, size + 1, channels], seed, -2);
        const output = [size, size + 1].map((length, i) =>
          Math.ceil((pad === 'same' ? length : length - (kernel[i] as number) + 1) / strides),
        ) as [number, number];
        const dy = wholeNumbers([batch, ...output, 32], seed + 1, -2);
        await sameFilterGradient(x, dy, blocked(dy), {
          filterShape: [...kernel, channels, 32],
          strides,
          pad,
        });
      },
    );
    await fc.assert(cases, RUNS);
  });

  it('sum filters over as many examples as need parts', async () => {
    const x = wholeNumbers([64, 12, 12, 4], 1, -2);
    const dy = wholeNumbers([64, 12, 12, 64], 2, -2);
    await sameFilterGradient(x, dy, blocked(dy), { filterShape: [3, 3, 4, 64], strides: 1, pad: 'same' });
  });

  it('sum filters over the phases of a pooling', async () => {
    const cases = fc.asyncProperty(
      windows,
      fc.constantFrom(1, 3),
      fc.constantFrom<'same' | 'valid'>('same', 'valid'),
      fc.nat(),
      async (kernel, channels, pad, seed) => {
        const x = wholeNumbers([16, 8, 6, channels], seed, -2);
        const inner = pad === 'same' ? ([8, 6] as const) : ([6, 4] as const);
        const convolved = wholeNumbers([16, ...inner, 32], seed + 1, -1);
        const g = tiling(kernel, convolved.shape);
        const dy = wholeNumbers([16, ...g.output, 32], seed + 2, -2);
        const source = blocked(convolved);
        const pooled = maxPoolGradient(source, pool('MaxPool', source, g), blocked(dy), g);
        const dense = { shape: convolved.shape, data: poolGradient(convolved, dy, kernel) };
        await sameFilterGradient(x, dense, pooled, { filterShape: [3, 3, channels, 32], strides: 1, pad });
      },
    );
    await fc.assert(cases, RUNS);
  });
});

interface Attributes {
  readonly filterShape: readonly [number, number, number, number];
  readonly strides: number;
  readonly pad: 'same' | 'valid';
}

async function sameFilterGradient(
  x: Image,
  dy: Image,
  gradient: Value,
  attributes: Attributes,
): Promise<void> {
  const lower = convolutionLowerings['Conv2DBackpropFilter'];
  const inputs = { x: x.shape[3] % 16 === 0 ? blocked(x) : value(x), dy: gradient };
  const result = lower?.({ name: 'Conv2DBackpropFilter', inputs, attributes: { ...attributes } });
  assert.deepEqual(
    await numbers(result as Value),
    Array.from(filterGradient(x, dy, attributes.filterShape, attributes.strides, attributes.pad)),
  );
}
