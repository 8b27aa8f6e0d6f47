/** The logarithm of the gamma function for positive numbers (Lanczos 1964, g = 7; relative error below 1e-13). */
export function logGamma(x: number): number {
  const coefficients = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
    -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
  ];
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const z = x - 1;
  const sum = coefficients.reduce((total, c, i) => total + c / (z + i + 1), 0.9999999999998099);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** The regularised incomplete beta function, by its continued fraction (Abramowitz & Stegun 26.5.8; Lentz 1976). */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges fast on one side of the mean only; the other follows by symmetry.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x));
  return (front * fraction(x, a, b)) / a;
}

function fraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const away = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m <= 300; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    for (const term of [even, odd]) {
      d = 1 / away(1 + term * d);
      c = away(1 + term / c);
      result *= c * d;
    }
    if (Math.abs(c * d - 1) < 1e-14) break;
  }
  return result;
}

/** The share of Student's t distribution below `t`; `df` need not be whole. */
export function tCdf(t: number, df: number): number {
  const tail = 0.5 * incompleteBeta(df / (df + t * t), df / 2, 0.5);
  return t > 0 ? 1 - tail : tail;
}

/** The `t` below which a share `p` of Student's t distribution lies. */
export function tQuantile(p: number, df: number): number {
  if (p === 0.5) return 0;
  if (p < 0.5) return -tQuantile(1 - p, df);
  let [low, high] = [0, 1];
  while (tCdf(high, df) < p && high < 1e12) high *= 2;
  for (let i = 0; i < 200 && high - low > 1e-12 * high; i++) {
    const middle = (low + high) / 2;
    if (tCdf(middle, df) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The share of the standard normal distribution below `z`, to fifteen digits of the smaller tail. */
export function normalCdf(z: number): number {
  const tail = normalTail(Math.abs(z));
  return z > 0 ? 1 - tail : tail;
}

/** Beyond this the continued fraction of the tail (Abramowitz & Stegun 26.2.14) needs few terms; below, the series 26.2.11 does. */
const FAR = 3;

function normalTail(z: number): number {
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z < FAR) {
    let [term, sum] = [z, z];
    for (let odd = 3; term > 1e-17 * sum; odd += 2) sum += term *= (z * z) / odd;
    return 0.5 - density * sum;
  }
  let fraction = z;
  for (let i = 60; i > 0; i--) fraction = z + i / fraction;
  return density / fraction;
}

/** The `z` below which a share `p` of the standard normal distribution lies. */
export function normalQuantile(p: number): number {
  if (p <= 0) return -Infinity;
  if (p > 0.5) return -normalQuantile(1 - p);
  let [low, high] = [-39, 0];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (normalCdf(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** From here on the asymptotic series of the functions below are exact to twelve digits. */
const ASYMPTOTIC = 10;

/** The logarithmic derivative of the gamma function, for positive numbers (Abramowitz & Stegun 6.3.18). */
export function digamma(x: number): number {
  let [at, sum] = [x, 0];
  for (; at < ASYMPTOTIC; at++) sum -= 1 / at;
  const square = 1 / (at * at);
  const series = square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square / 240)));
  return sum + Math.log(at) - 1 / (2 * at) - series;
}

/** The derivative of {@link digamma}, for positive numbers (Abramowitz & Stegun 6.4.12). */
export function trigamma(x: number): number {
  let [at, sum] = [x, 0];
  for (; at < ASYMPTOTIC; at++) sum += 1 / (at * at);
  const square = 1 / (at * at);
  const series = square * (1 / 6 - square * (1 / 30 - square * (1 / 42 - square / 30)));
  return sum + 1 / at + square / 2 + series / at;
}

/** The `x` at which {@link trigamma} is `y`, by bisection over all that occurs: it falls from infinity to zero. */
export function trigammaInverse(y: number): number {
  let [low, high] = [1e-6, 1e6];
  for (let i = 0; i < 100; i++) {
    const middle = Math.sqrt(low * high);
    if (trigamma(middle) > y) low = middle;
    else high = middle;
  }
  return Math.sqrt(low * high);
}
