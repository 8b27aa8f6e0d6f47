/** Gradients as loops that nothing is clever about, for images (batch, height, width, channels). */

export interface Image {
  readonly shape: readonly [number, number, number, number];
  readonly data: Float32Array;
}

function at(
  { shape: [, height, width, channels] }: Image,
  n: number,
  h: number,
  w: number,
  c: number,
): number {
  return ((n * height + h) * width + w) * channels + c;
}

/** Calls `visit` for every element of a shape. */
function each(shape: Image['shape'], visit: (n: number, h: number, w: number, c: number) => void): void {
  for (let n = 0; n < shape[0]; n++)
    for (let h = 0; h < shape[1]; h++)
      for (let w = 0; w < shape[2]; w++) for (let c = 0; c < shape[3]; c++) visit(n, h, w, c);
}

/** The gradient of max pooling over windows that tile the image: it goes to each window's first maximum. */
export function poolGradient(x: Image, dy: Image, [kh, kw]: readonly [number, number]): Float32Array {
  const dx = new Float32Array(x.data.length);
  each(dy.shape, (n, h, w, c) => {
    let best = at(x, n, h * kh, w * kw, c);
    for (let i = 0; i < kh * kw; i++) {
      const place = at(x, n, h * kh + Math.floor(i / kw), w * kw + (i % kw), c);
      if ((x.data[place] as number) > (x.data[best] as number)) best = place;
    }
    dx[best] = dy.data[at(dy, n, h, w, c)] as number;
  });
  return dx;
}

/** The gradient of a convolution's filter. */
export function filterGradient(
  x: Image,
  dy: Image,
  shape: readonly [number, number, number, number],
  stride: number,
  pad: 'same' | 'valid',
): Float32Array {
  const [kh, kw, inputs, outputs] = shape;
  const before = (axis: 1 | 2, kernel: number): number =>
    pad === 'valid' ? 0 : Math.floor(Math.max(0, (dy.shape[axis] - 1) * stride + kernel - x.shape[axis]) / 2);
  const [top, left] = [before(1, kh), before(2, kw)];
  const result = new Float32Array(kh * kw * inputs * outputs);
  each(dy.shape, (n, h, w, out) => {
    const gradient = dy.data[at(dy, n, h, w, out)] as number;
    each([kh, kw, inputs, 1], (i, j, c) => {
      const [row, column] = [h * stride + i - top, w * stride + j - left];
      if (row < 0 || column < 0 || row >= x.shape[1] || column >= x.shape[2]) return;
      const place = ((i * kw + j) * inputs + c) * outputs + out;
      result[place] = (result[place] as number) + gradient * (x.data[at(x, n, row, column, c)] as number);
    });
  });
  return result;
}
