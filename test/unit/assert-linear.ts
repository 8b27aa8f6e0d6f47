import assert from 'node:assert/strict';

/** So many characters of one part again and again. */
export function fill(part: string, length: number): string {
  return part.repeat(Math.ceil(length / part.length)).slice(0, length);
}

/** A text this many times as long may take LIMIT times as long. What is quadratic takes 64 times as long. */
const GROWTH = 8;
const LIMIT = 24;
/** Milliseconds under which a measurement says nothing: the clock of a process may advance in steps of ten. */
const MEASURABLE = 100;
/** What else a process does (compiling, collecting garbage) happens to fall into one measurement, seldom into all. */
const ATTEMPTS = 4;

/** Fails where the processor time of `work` grows faster than its size. */
export function assertLinear(name: string, largest: number, work: (size: number) => void): void {
  // From the smallest on, so that what is quadratic fails before it takes minutes.
  let before = Infinity;
  for (const size of sizesUpTo(largest)) {
    const allowed = Math.max(before, MEASURABLE / LIMIT) * LIMIT;
    let least = Infinity;
    for (let attempt = 0; attempt < ATTEMPTS && (attempt === 0 || least > allowed); attempt++)
      least = Math.min(
        least,
        processorTime(() => {
          work(size);
        }),
      );
    assertWithin(name, { size, least, allowed, before });
    before = least;
  }
}

/** In milliseconds. */
function processorTime(work: () => void): number {
  const start = process.cpuUsage();
  work();
  return process.cpuUsage(start).user / 1000;
}

/** The same where `work` reads files. */
export async function assertLinearReading(
  name: string,
  largest: number,
  work: (size: number) => Promise<void>,
): Promise<void> {
  let before = Infinity;
  for (const size of sizesUpTo(largest)) {
    const allowed = Math.max(before, MEASURABLE / LIMIT) * LIMIT;
    let least = Infinity;
    for (let attempt = 0; attempt < ATTEMPTS && (attempt === 0 || least > allowed); attempt++) {
      const start = process.cpuUsage();
      await work(size);
      least = Math.min(least, process.cpuUsage(start).user / 1000);
    }
    assertWithin(name, { size, least, allowed, before });
    before = least;
  }
}

function sizesUpTo(largest: number): number[] {
  return [largest / GROWTH ** 2, largest / GROWTH, largest].map(Math.floor);
}

interface Measured {
  readonly size: number;
  readonly least: number;
  readonly allowed: number;
  readonly before: number;
}

function assertWithin(name: string, { size, least, allowed, before }: Measured): void {
  assert.ok(
    least <= allowed,
    `${name}: ${size} take ${least.toFixed(1)} ms, an ${GROWTH}th of it ${before.toFixed(1)} ms`,
  );
}
