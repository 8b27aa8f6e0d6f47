import { updateModule } from './update-module';

/** Elements that a kernel takes at a time. */
export const LANES = 16;

/** The functions of `update.wat`: byte offsets first, then the update's numbers. */
export interface UpdateKernels {
  readonly sgd: (count: number, p: number, g: number, rate: number) => void;
  readonly momentum: (
    count: number,
    p: number,
    g: number,
    m: number,
    factor: number,
    lead: number,
    follow: number,
    rate: number,
  ) => void;
  readonly rmsprop: (
    count: number,
    p: number,
    g: number,
    v: number,
    m: number,
    decay: number,
    rest: number,
    factor: number,
    small: number,
    rate: number,
  ) => void;
  readonly adam: (
    count: number,
    p: number,
    g: number,
    m: number,
    v: number,
    beta1: number,
    beta2: number,
    rate: number,
    small: number,
    keep: number,
  ) => void;
  readonly scatter: (
    count: number,
    table: number,
    width: number,
    indices: number,
    number: number,
    rows: number,
    repeat: number,
  ) => void;
}

let compiled: WebAssembly.Module | undefined;

/** The kernels on a memory. */
export function updateKernels(memory: WebAssembly.Memory): UpdateKernels {
  compiled ??= new WebAssembly.Module(Buffer.from(updateModule, 'base64'));
  const { exports } = new WebAssembly.Instance(compiled, { engine: { memory } });
  return exports as unknown as UpdateKernels;
}
