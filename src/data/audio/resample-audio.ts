/** Zero crossings of the sinc on each side; with a Hann window, leakage is under −60 dB. */
const CROSSINGS = 16;

/**
 * Phases of the filter that are kept; between two of them the nearer is taken. Fewer do where the filter is wide:
 * it then changes as much less from one to the next, and its size is the same for all rates.
 */
const PHASES = 256;

/** Changes the rate of `samples` with a windowed sinc, low-passed at the lower of the two Nyquist rates. */
export function resample(samples: Float32Array, from: number, to: number): Float32Array {
  if (from === to) return samples;
  const length = Math.round((samples.length * to) / from);
  const output = new Float32Array(length);
  const filter = makeFilter(Math.min(1, to / from));
  const step = from / to;
  for (let i = 0; i < length; i++) {
    const position = i * step;
    let base = Math.floor(position);
    let phase = Math.round((position - base) * filter.phases);
    if (phase === filter.phases) {
      phase = 0;
      base++;
    }
    let sum = 0;
    const start = base - filter.reach + 1;
    const row = phase * filter.taps;
    for (let tap = Math.max(0, -start); tap < filter.taps && start + tap < samples.length; tap++)
      sum += (filter.weights[row + tap] ?? 0) * (samples[start + tap] ?? 0);
    output[i] = sum;
  }
  return output;
}

interface Filter {
  readonly reach: number;
  readonly taps: number;
  readonly phases: number;
  readonly weights: Float32Array;
}

function makeFilter(cutoff: number): Filter {
  const reach = Math.ceil(CROSSINGS / cutoff);
  const taps = 2 * reach;
  const phases = Math.ceil(PHASES * cutoff);
  const weights = new Float32Array(phases * taps);
  for (let phase = 0; phase < phases; phase++) {
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      const x = tap - reach + 1 - phase / phases;
      const window = Math.abs(x) < reach ? 0.5 + 0.5 * Math.cos((Math.PI * x) / reach) : 0;
      const weight = cutoff * sinc(cutoff * x) * window;
      weights[phase * taps + tap] = weight;
      sum += weight;
    }
    for (let tap = 0; tap < taps; tap++) {
      const at = phase * taps + tap;
      weights[at] = (weights[at] ?? 0) / sum;
    }
  }
  return { reach, taps, phases, weights };
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}
