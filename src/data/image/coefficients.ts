/** Where each output place of a resized axis takes its value from. */
export interface Coefficients {
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
export function bilinear(input: number, output: number): Coefficients {
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
