import { resizeModule } from './resize-module';

/** Where each output place of a resized axis takes its value from. */
interface Coefficients {
  readonly starts: Int32Array;
  readonly counts: Int32Array;
  /** `taps` weights to an output place; those after its count are 0. */
  readonly weights: Float32Array;
  readonly taps: number;
}

/**
 * Weights of bilinear resizing from `input` to `output` places. When the axis shrinks, the triangle widens to
 * cover all it stands for (as Pillow's `BILINEAR` does), so that no pixel is skipped and fine detail does not
 * turn into noise.
 */
function bilinearCoefficients(input: number, output: number): Coefficients {
  const scale = input / output;
  const reach = Math.max(scale, 1);
  const taps = Math.ceil(reach) * 2 + 1;
  const starts = new Int32Array(output);
  const counts = new Int32Array(output);
  const weights = new Float32Array(output * taps);
  for (let place = 0; place < output; place++) {
    const center = (place + 0.5) * scale;
    const start = Math.max(0, Math.trunc(center - reach + 0.5));
    const end = Math.min(input, Math.trunc(center + reach + 0.5));
    const raw = Array.from({ length: end - start }, (_, i) =>
      Math.max(0, 1 - Math.abs((start + i + 0.5 - center) / reach)),
    );
    const sum = raw.reduce((total, weight) => total + weight, 0);
    starts[place] = start;
    counts[place] = raw.length;
    raw.forEach((weight, i) => (weights[place * taps + i] = weight / sum));
  }
  return { starts, counts, weights, taps };
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

/**
 * Resizes to `height` × `width` (bilinear, antialiased) and gives values from 0 to 1, `[height, width, channels]`
 * in `output`.
 */
export function resize(pixels: Pixels, height: number, width: number, output: Float32Array): void {
  const scale = 1 / pixels.max;
  if (pixels.width === width && pixels.height === height) {
    for (let i = 0; i < output.length; i++) output[i] = (pixels.data[i] ?? 0) * scale;
    return;
  }
  const down = coefficients(pixels.height, height);
  const along = coefficients(pixels.width, width);
  if (pixels.data instanceof Uint8Array) {
    output.set(resizeBytes(pixels, pixels.data, down, along));
    return;
  }
  const values = resizeWords(pixels, down, along);
  for (let i = 0; i < output.length; i++) output[i] = (values[i] ?? 0) * scale;
}

function coefficients(from: number, to: number): Coefficients {
  const key = `${from}>${to}`;
  const known = tables.get(key) ?? bilinearCoefficients(from, to);
  if (tables.size > 1000) tables.clear();
  tables.set(key, known);
  return known;
}

/** Values from 0 to 1, in memory that the next call writes to. */
function resizeBytes(
  { width, height, channels, max }: Pixels,
  data: Uint8Array,
  down: Coefficients,
  along: Coefficients,
): Float32Array {
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

/** The same for images of 16 bits, which are rare enough to go without the kernel. */
function resizeWords(
  { width, channels, data }: Pixels,
  down: Coefficients,
  along: Coefficients,
): Float32Array {
  const rowLength = width * channels;
  const outWidth = along.starts.length;
  const output = new Float32Array(down.starts.length * outWidth * channels);
  const row = new Float32Array(rowLength);
  for (let y = 0; y < down.starts.length; y++) {
    row.fill(0);
    for (let tap = 0; tap < (down.counts[y] ?? 0); tap++) {
      const weight = down.weights[y * down.taps + tap] ?? 0;
      const from = ((down.starts[y] ?? 0) + tap) * rowLength;
      for (let x = 0; x < rowLength; x++) row[x] = (row[x] ?? 0) + weight * (data[from + x] ?? 0);
    }
    for (let x = 0; x < outWidth; x++) {
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        for (let tap = 0; tap < (along.counts[x] ?? 0); tap++)
          sum +=
            (along.weights[x * along.taps + tap] ?? 0) *
            (row[((along.starts[x] ?? 0) + tap) * channels + channel] ?? 0);
        output[(y * outWidth + x) * channels + channel] = sum;
      }
    }
  }
  return output;
}
