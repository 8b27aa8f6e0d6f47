// npm run bench:charts [-- open frames hour]: how long a run's page takes to open, and what it costs while points
// arrive. Seconds are those of a clock; processor seconds are of the page's main thread, and hold on a busy machine too.
import { loadavg } from 'node:os';
import type { Browser, CDPSession } from 'playwright-core';
import { launchBrowser } from '../../test/vscode/browser';
import { openPage, post, postOne } from './page';
import { growth, POINTS, TRIALS, wholeRun } from './run';

const OPENED = 9;
const PER_SECOND = 20;
const SECONDS = 8;
const [HOUR, INTERVALS] = [3600, 12];

/** What a page shows that nobody has touched, and all there is at once. */
const VIEWS = {
  'as it opens (means at the largest size)': { by: 'mean', size: 'latest' },
  'means at all sizes': { by: 'mean', size: 'all' },
  'each trial': { by: 'trial', size: 'all' },
} as const;

const keptView = (view: (typeof VIEWS)[keyof typeof VIEWS]): object => ({
  version: 1,
  run: '/bench',
  view: { ...view, axis: 'epoch', smoothing: 0, hidden: [], logarithmic: false, scroll: 0 },
});

/** Milliseconds of processor time that the page's main thread has taken. */
async function processor(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN);
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

const list = (values: readonly number[], digits = 0): string =>
  values.map(value => value.toFixed(digits)).join(', ');

async function benchOpening(browser: Browser): Promise<void> {
  for (const [name, view] of Object.entries(VIEWS)) {
    const [opened, busy]: [number[], number[]] = [[], []];
    for (let i = 0; i < OPENED; i++) {
      const page = await openPage(browser, keptView(view));
      const session = await page.context().newCDPSession(page);
      await session.send('Performance.enable', { timeDomain: 'threadTicks' });
      const measured = await post(page, wholeRun(), () => processor(session));
      opened.push(measured.milliseconds);
      busy.push(measured.other);
      await page.close();
    }
    console.log(
      `${name}: opens ${TRIALS} trials × ${POINTS} points in ${median(opened).toFixed(0)} ms (median of ${list(opened)}), ` +
        `${median(busy).toFixed(0)} ms of processor time (${list(busy)})`,
    );
  }
}

async function benchFrames(browser: Browser): Promise<void> {
  const run = wholeRun();
  for (const [name, view] of Object.entries(VIEWS)) {
    const page = await openPage(browser, keptView(view));
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await post(page, run);
    await page.evaluate(
      'globalThis.frames = []; (function count(now) { frames.push(now); requestAnimationFrame(count); })(performance.now());',
    );
    const before = await processor(session);
    const start = performance.now();
    for (let sent = 0; performance.now() - start < 1000 * SECONDS; sent++) {
      await postOne(page, growth(run, sent, 1));
      const next = start + (1000 * (sent + 1)) / PER_SECOND;
      await new Promise(resolve => setTimeout(resolve, Math.max(0, next - performance.now())));
    }
    const frames = await page.evaluate<number[]>('frames');
    const seconds = (performance.now() - start) / 1000;
    const share = ((await processor(session)) - before) / 10 / seconds;
    const gaps = frames.slice(1).map((at, i) => at - (frames[i] ?? at));
    console.log(
      `${name}: ${(gaps.length / seconds).toFixed(1)} frames a second while ${PER_SECOND} points a second arrive ` +
        `(longest ${Math.max(...gaps).toFixed(0)} ms), ${share.toFixed(0)} % of a core`,
    );
    await page.close();
  }
}

/** An hour's points, in as many frames as it has seconds, one after the other. */
async function benchHour(browser: Browser): Promise<void> {
  const run = wholeRun();
  const page = await openPage(browser);
  await post(page, run);
  const session = await page.context().newCDPSession(page);
  const heap = async (): Promise<number> => {
    await session.send('HeapProfiler.collectGarbage');
    const usage: Readonly<Record<string, number>> = { ...(await session.send('Runtime.getHeapUsage')) };
    // Points are outside of the heap that scripts have.
    return ((usage['usedSize'] ?? 0) + (usage['backingStorageSize'] ?? 0)) / 1e6;
  };
  const sizes = [await heap()];
  for (let second = 0; second < HOUR; second++) {
    await postOne(page, growth(run, second * PER_SECOND, PER_SECOND));
    if ((second + 1) % (HOUR / INTERVALS) === 0) sizes.push(await heap());
  }
  const half = sizes.slice(sizes.length >> 1);
  console.log(
    `heap in MB at the start and every ${60 / INTERVALS} minutes of an hour of ${PER_SECOND} points a second: ${list(sizes, 1)}; ` +
      `in the second half it ${Math.max(...half) - Math.min(...half) < 1 ? 'is flat' : 'is not flat'}`,
  );
}

async function main(): Promise<void> {
  const asked = process.argv.slice(2);
  const parts = { open: benchOpening, frames: benchFrames, hour: benchHour };
  const browser = await launchBrowser();
  try {
    for (const [name, bench] of Object.entries(parts)) {
      if (asked.length > 0 && !asked.includes(name)) continue;
      await bench(browser);
      console.log(`(others keep ${loadavg()[0]?.toFixed(1) ?? '?'} cores busy)`);
    }
  } finally {
    await browser.close();
  }
}

void main();
