// npm run bench:charts: how long a run's page takes to open, and what it costs while points arrive.
import type { Page } from 'playwright-core';
import { launchBrowser } from '../../test/vscode/browser';
import { openPage, post, type Handed } from './page';

const TRIALS = 300;
const POINTS = 500;
const PER_SECOND = 20;
const SECONDS = 8;
const HOUR = 3600;

const ARMS = [
  { arm: 'single-task', strategy: 'single-task' },
  { arm: 'transfer-head', strategy: 'transfer', variant: 'head' },
  { arm: 'transfer-full', strategy: 'transfer', variant: 'full' },
  { arm: 'multitask-joint', strategy: 'multitask', variant: 'joint' },
  { arm: 'pipeline', strategy: 'pipeline' },
];

type Open = Extract<Handed, { kind: 'open' }>;

function wholeRun(): Open {
  const perArm = TRIALS / ARMS.length;
  return {
    kind: 'open',
    run: '/bench',
    language: 'en',
    facts: {
      ...{ id: 'bench', kind: 'pilot', task: 'bench', started: '2026-01-01T00:00:00Z', available: 5000 },
      metric: { name: 'accuracy', higherIsBetter: true },
      warnings: [],
    },
    status: { state: 'running', finished: TRIALS - 4, failed: 0, total: TRIALS },
    trials: Array.from({ length: TRIALS }, (_, i) => {
      const arm = ARMS[i % ARMS.length] ?? { arm: 'single-task', strategy: 'single-task' };
      const nth = Math.floor(i / ARMS.length);
      const [n, seed] = [50 * 2 ** Math.floor(nth / (perArm / 6)), nth % 10];
      const id = `${arm.arm}-n${n}-s${seed}`;
      return {
        id,
        head: { id, ...arm, n, seed },
        status: i >= TRIALS - 4 ? ('running' as const) : ('finished' as const),
        stretches: [{ phase: 'train', learningRate: 0.01, candidate: 0 }],
        points: { from: 0, count: POINTS, seed: i },
      };
    }),
  };
}

async function main(): Promise<void> {
  const browser = await launchBrowser();
  try {
    const run = wholeRun();
    const live = run.trials.slice(-4).map(({ id }) => id);
    const delta = (step: number, count: number): Handed => ({
      kind: 'delta',
      status: run.status,
      trials: Array.from({ length: count }, (_, i) => ({
        id: live[(step + i) % live.length] ?? '',
        status: 'running' as const,
        points: { from: POINTS + Math.floor((step + i) / live.length), count: 1, seed: i },
      })),
    });
    for (const by of ['mean', 'trial'] as const) {
      const opened: number[] = [];
      for (let i = 0; i < 5; i++) {
        const view = {
          by,
          axis: 'epoch',
          smoothing: 0,
          size: 'all',
          hidden: [],
          logarithmic: false,
          scroll: 0,
        };
        const page = await openPage(browser, 'run', { version: 1, run: '/bench', view });
        opened.push(await post(page, run));
        if (i === 4) {
          await page.evaluate(
            `globalThis.frames = 0; (function count() { frames++; requestAnimationFrame(count); })();`,
          );
          const from = await page.evaluate<number>('frames');
          const start = performance.now();
          for (let sent = 0; performance.now() - start < 1000 * SECONDS; sent++) {
            await postOne(page, delta(sent, 1));
            await new Promise(resolve =>
              setTimeout(resolve, Math.max(0, start + (1000 * (sent + 1)) / PER_SECOND - performance.now())),
            );
          }
          const frames = (await page.evaluate<number>('frames')) - from;
          const perSecond = frames / ((performance.now() - start) / 1000);
          console.log(
            `${by}: ${perSecond.toFixed(1)} frames a second while ${PER_SECOND} points a second arrive`,
          );
        }
        await page.close();
      }
      opened.sort((a, b) => a - b);
      console.log(
        `${by}: opens ${TRIALS} trials × ${POINTS} points in ${opened[2]?.toFixed(0) ?? '?'} ms (median of 5; ${opened.map(each => each.toFixed(0)).join(', ')})`,
      );
    }
    const page = await openPage(browser, 'run');
    await post(page, run);
    const session = await page.context().newCDPSession(page);
    const heap = async (): Promise<number> => {
      await session.send('HeapProfiler.collectGarbage');
      const { usedSize } = await session.send('Runtime.getHeapUsage');
      return usedSize / 1e6;
    };
    const sizes = [await heap()];
    for (let quarter = 0; quarter < 4; quarter++) {
      // A second's points in a frame: an hour in a few minutes.
      for (let second = 0; second < HOUR / 4; second++)
        await postOne(page, delta((quarter * (HOUR / 4) + second) * PER_SECOND, PER_SECOND));
      await page.waitForTimeout(200);
      sizes.push(await heap());
    }
    console.log(
      `heap in MB at the start and after each quarter of an hour of ${PER_SECOND} points a second: ${sizes.map(size => size.toFixed(1)).join(', ')}`,
    );
  } finally {
    await browser.close();
  }
}

/** Hands a delta to the page as VS Code does, and waits for the next frame. */
async function postOne(page: Page, message: Handed): Promise<void> {
  await page.evaluate(
    `window.postMessage(withPoints(${JSON.stringify(message)})); new Promise(done => requestAnimationFrame(() => done()))`,
  );
}

void main();
