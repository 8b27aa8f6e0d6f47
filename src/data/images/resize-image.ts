import { resizeModule } from './resize-module';

/** Where each output place of a resized axis takes its value from. */
interface Coefficients {
  readonly starts: Int32Array;
  readonly counts: Int32Array;
  /** `taps` weights to an output place; those after its count are 0. */
  readonly weights: Float32Array;
  readonly taps: number;
}

/** How pixels between others are found, as Pillow calls it. */
export type ResizeFilter = 'nearest' | 'bilinear' | 'bicubic' | 'lanczos';

/** How far a filter reaches, in pixels of the smaller image, and what a pixel at a distance counts. */
const FILTERS: Readonly<
  Record<Exclude<ResizeFilter, 'nearest'>, { readonly reach: number; readonly weight: (x: number) => number }>
> = {
  bilinear: { reach: 1, weight: x => Math.max(0, 1 - Math.abs(x)) },
  // Keys 1981 with a = −0.5.
  bicubic: {
    reach: 2,
    weight: x => {
      const d = Math.abs(x);
      if (d < 1) return (1.5 * d - 2.5) * d * d + 1;
      return d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0;
    },
  },
  lanczos: { reach: 3, weight: x => (Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0) },
};

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/**
 * Weights of resizing from `input` to `output` places. When the axis shrinks, the filter widens to cover all it stands
 * for (as Pillow's does), so that no pixel is skipped and fine detail does not turn into noise.
 */
function resizeCoefficients(input: number, output: number, filter: ResizeFilter): Coefficients {
  const scale = input / output;
  if (filter === 'nearest') return nearestCoefficients(scale, output, input);
  const { reach: own, weight } = FILTERS[filter];
  const widened = Math.max(scale, 1);
  const reach = own * widened;
  const taps = Math.ceil(reach) * 2 + 1;
  const starts = new Int32Array(output);
  const counts = new Int32Array(output);
  const weights = new Float32Array(output * taps);
  for (let place = 0; place < output; place++) {
    const center = (place + 0.5) * scale;
    const start = Math.max(0, Math.trunc(center - reach + 0.5));
    const end = Math.min(input, Math.trunc(center + reach + 0.5));
    const raw = Array.from({ length: end - start }, (_, i) => weight((start + i + 0.5 - center) / widened));
    const sum = raw.reduce((total, each) => total + each, 0);
    starts[place] = start;
    counts[place] = raw.length;
    raw.forEach((each, i) => (weights[place * taps + i] = each / sum));
  }
  return { starts, counts, weights, taps };
}

function nearestCoefficients(scale: number, output: number, input: number): Coefficients {
  const starts = Int32Array.from({ length: output }, (_, place) =>
    Math.min(input - 1, Math.trunc((place + 0.5) * scale)),
  );
  return {
    starts,
    counts: new Int32Array(output).fill(1),
    weights: new Float32Array(output).fill(1),
    taps: 1,
  };
}

/** Grey as three equal colours, or colours as one grey (the weights of ITU-R BT.601, as Pillow's `L`). */
export function toChannels(pixels: Pixels, channels: 1 | 3): Pixels {
  if (pixels.channels === channels) return pixels;
  const { width, height, data, max } = pixels;
  const count = width * height;
  const output =
    data instanceof Uint8Array ? new Uint8Array(count * channels) : new Uint16Array(count * channels);
  for (let i = 0; i < count; i++) {
    if (channels === 3) output.fill(data[i] ?? 0, 3 * i, 3 * i + 3);
    else
      output[i] = Math.round(
        0.299 * (data[3 * i] ?? 0) + 0.587 * (data[3 * i + 1] ?? 0) + 0.114 * (data[3 * i + 2] ?? 0),
      );
  }
  return { width, height, channels, data: output, max };
}

/** Pixels row by row, the channels of each side by side. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Uint8Array | Uint16Array;
  /** What full brightness is: 255, 65,535, … */
  readonly max: number;
}

interface ResizeExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  columns(input: number, width: number, table: number, stride: number, rows: number, output: number): void;
  rows(
    input: number,
    width: number,
    rows: number,
    channels: number,
    table: number,
    stride: number,
    pixels: number,
    output: number,
  ): void;
}

const PAGE = 64 * 1024;
const SLACK = 64;

let kernel: ResizeExports | undefined;
const tables = new Map<string, Coefficients>();
/** Weights in all tables that are kept, and how many may be. */
let tableWeights = 0;
const MAX_TABLE_WEIGHTS = 4_000_000;

/** Memory of the kernel, which is never given back, in bytes: enough for 80 megapixels. */
const MAX_KERNEL_MEMORY = 512 * 1024 * 1024;

/**
 * Resizes to `height` × `width` (antialiased) and gives values from 0 to 1, `[height, width, channels]` in `output`; filters
 * with negative weights go somewhat beyond.
 */
export function resize(
  pixels: Pixels,
  height: number,
  width: number,
  output: Float32Array,
  filter: ResizeFilter = 'bilinear',
): void {
  const scale = 1 / pixels.max;
  if (pixels.width === width && pixels.height === height) {
    for (let i = 0; i < output.length; i++) output[i] = (pixels.data[i] ?? 0) * scale;
    return;
  }
  const down = coefficients(pixels.height, height, filter);
  const along = coefficients(pixels.width, width, filter);
  const values8 =
    pixels.data instanceof Uint8Array ? resizeBytes(pixels, pixels.data, down, along) : undefined;
  if (values8) {
    output.set(values8);
    return;
  }
  const values = resizeWords(pixels, down, along);
  for (let i = 0; i < output.length; i++) output[i] = (values[i] ?? 0) * scale;
}

function coefficients(from: number, to: number, filter: ResizeFilter): Coefficients {
  const key = `${filter} ${from}>${to}`;
  const known = tables.get(key);
  if (known) return known;
  const made = resizeCoefficients(from, to, filter);
  tableWeights += made.weights.length;
  if (tables.size > 1000 || tableWeights > MAX_TABLE_WEIGHTS) {
    tables.clear();
    tableWeights = made.weights.length;
  }
  tables.set(key, made);
  return made;
}

/** Values from 0 to 1, in memory that the next call writes to; `undefined` where the image takes too much of it. */
function resizeBytes(
  { width, height, channels, max }: Pixels,
  data: Uint8Array,
  down: Coefficients,
  along: Coefficients,
): Float32Array | undefined {
  kernel ??= new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(resizeModule, 'base64')))
    .exports as unknown as ResizeExports;
  const { memory } = kernel;
  const rowLength = width * channels;
  const outHeight = down.starts.length;
  const outWidth = along.starts.length;
  const downTable = 0;
  const alongTable = downTable + tableBytes(down);
  const between = alongTable + tableBytes(along);
  const input = between + 4 * outHeight * rowLength + SLACK;
  if (input + height * rowLength > MAX_KERNEL_MEMORY) return undefined;
  const output = (input + height * rowLength + SLACK + 15) & ~15;
  const end = output + 4 * outHeight * outWidth * channels + SLACK;
  const missing = Math.ceil(end / PAGE) - memory.buffer.byteLength / PAGE;
  if (missing > 0) memory.grow(missing);
  writeTable(memory.buffer, downTable, down, 1);
  writeTable(memory.buffer, alongTable, along, 1 / max);
  new Uint8Array(memory.buffer).set(data.subarray(0, height * rowLength), input);
  kernel.columns(input, rowLength, downTable, recordBytes(down), outHeight, between);
  kernel.rows(between, rowLength, outHeight, channels, alongTable, recordBytes(along), outWidth, output);
  return new Float32Array(memory.buffer, output, outHeight * outWidth * channels);
}

function recordBytes({ taps }: Coefficients): number {
  return 8 + 4 * taps;
}

function tableBytes(table: Coefficients): number {
  return (table.starts.length * recordBytes(table) + 15) & ~15;
}

/** @param scale of all weights: cheaper here than once for each pixel */
function writeTable(buffer: ArrayBuffer, at: number, table: Coefficients, scale: number): void {
  const { starts, counts, weights, taps } = table;
  const integers = new Int32Array(buffer, at);
  const floats = new Float32Array(buffer, at);
  const record = recordBytes(table) / 4;
  for (let place = 0; place < starts.length; place++) {
    integers[place * record] = starts[place] ?? 0;
    integers[place * record + 1] = counts[place] ?? 0;
    for (let tap = 0; tap < taps; tap++)
      floats[place * record + 2 + tap] = (weights[place * taps + tap] ?? 0) * scale;
  }
}

/**
 * The same for images of 16 bits and very large ones, which are rare enough to go without the kernel. The longer side
 * shrinks first, so that little lies between the two steps.
 */
function resizeWords(
  { width, height, channels, data }: Pixels,
  down: Coefficients,
  along: Coefficients,
): Float32Array {
  const [outHeight, outWidth] = [down.starts.length, along.starts.length];
  if (height > width) {
    const between = new Float32Array(outHeight * width * channels);
    resizeAxis(data, between, { table: down, outer: 1, input: height, inner: width * channels });
    const output = new Float32Array(outHeight * outWidth * channels);
    resizeAxis(between, output, { table: along, outer: outHeight, input: width, inner: channels });
    return output;
  }
  const between = new Float32Array(height * outWidth * channels);
  resizeAxis(data, between, { table: along, outer: height, input: width, inner: channels });
  const output = new Float32Array(outHeight * outWidth * channels);
  resizeAxis(between, output, { table: down, outer: 1, input: height, inner: outWidth * channels });
  return output;
}

/** Resizes the middle one of three axes, `[outer, input, inner]`. */
function resizeAxis(
  from: Pixels['data'] | Float32Array,
  to: Float32Array,
  axis: {
    readonly table: Coefficients;
    readonly outer: number;
    readonly input: number;
    readonly inner: number;
  },
): void {
  const { table, outer, input, inner } = axis;
  const places = table.starts.length;
  for (let o = 0; o < outer; o++) {
    for (let place = 0; place < places; place++) {
      const target = (o * places + place) * inner;
      for (let tap = 0; tap < (table.counts[place] ?? 0); tap++) {
        const weight = table.weights[place * table.taps + tap] ?? 0;
        const source = (o * input + (table.starts[place] ?? 0) + tap) * inner;
        for (let i = 0; i < inner; i++)
          to[target + i] = (to[target + i] ?? 0) + weight * (from[source + i] ?? 0);
      }
    }
  }
}
