const POWERS = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);

/** Digits that surely fit the 53 bits of a mantissa. */
const EXACT_DIGITS = 15;

/**
 * The number in `bytes[from..to)`; `NaN` where it is none or empty. Short decimals are read in place and
 * exactly (one correctly rounded division of two exact numbers); the rest goes through `Number`.
 */
export function parseNumber(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  let end = to;
  while (at < end && (bytes[at] ?? 0) <= 32) at++;
  while (at < end && (bytes[end - 1] ?? 0) <= 32) end--;
  const start = at;
  const negative = bytes[at] === 45;
  if (negative || bytes[at] === 43) at++;
  let mantissa = 0;
  let digits = 0;
  let decimals = 0;
  let point = false;
  for (; at < end; at++) {
    const digit = (bytes[at] ?? 0) - 48;
    if (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digits++;
      if (point) decimals++;
    } else if (digit === -2 && !point) {
      point = true;
    } else {
      return slowNumber(bytes, start, end);
    }
  }
  if (digits === 0) return NaN;
  if (digits > EXACT_DIGITS) return slowNumber(bytes, start, end);
  const value = decimals === 0 ? mantissa : mantissa / (POWERS[decimals] ?? 1);
  return negative ? -value : value;
}

function slowNumber(bytes: Uint8Array, from: number, to: number): number {
  if (to - from > 400) return NaN;
  const text = String.fromCharCode(...bytes.subarray(from, to));
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return Number(text);
  if (/^[+-]?inf(inity)?$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return NaN;
}
