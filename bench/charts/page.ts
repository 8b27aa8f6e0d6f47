import type { Browser, Page } from 'playwright-core';
import type { RunContent, RunContentDelta } from '../../src/ui/runs/run-page-messages';
import type { TrialDelta } from '../../src/ui/runs/trial-points';
import { openWebview, reply } from '../../test/vscode/webview-page';

/** A page of the editor, which can make points. */
export async function openPage(browser: Browser, kept?: object): Promise<Page> {
  const page = await openWebview(browser, 'run', {
    subject: '/bench',
    ...(kept === undefined ? {} : { kept }),
  });
  await page.evaluate(WITH_POINTS);
  return page;
}

/** Points that the page makes itself: to hand over as many as numbers would take far longer than what is measured. */
export interface Made {
  readonly from: number;
  readonly count: number;
  readonly seed: number;
}

type Sent = Omit<TrialDelta, 'points'> & { readonly points?: Made };
type Plain<M> = Omit<M, 'trials'> & { readonly trials: readonly Sent[] };

/** A run, and what is new of it, as they can be handed to a browser from outside: points as a recipe. */
export type HandedRun = Plain<RunContent>;
export type HandedDelta = Plain<RunContentDelta>;

/**
 * Answers the page with a run as VS Code does, and waits until it has been drawn; gives the milliseconds, and how much
 * something else has grown by then.
 */
export async function post(
  page: Page,
  run: HandedRun,
  other: () => Promise<number> = () => Promise.resolve(0),
): Promise<{ readonly milliseconds: number; readonly other: number }> {
  await page.evaluate(`globalThis.whole = withPoints(${JSON.stringify(run)}); undefined`);
  const before = await other();
  const milliseconds = await page.evaluate<number>(
    `(async () => {
      const start = performance.now();
      ${reply('open', 'whole', 'whole.trials.map(({ points }) => points.buffer)')};
      await new Promise(done => setTimeout(done));
      await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
      return performance.now() - start;
    })()`,
  );
  return { milliseconds, other: (await other()) - before };
}

/** Hands a delta to the page as VS Code does, and waits for the next frame. */
export async function postOne(page: Page, delta: HandedDelta): Promise<void> {
  await page.evaluate(
    `window.postMessage({ type: 'notification', name: 'delta', params: withPoints(${JSON.stringify(delta)}) }); new Promise(done => requestAnimationFrame(() => done()))`,
  );
}

/** Noise that is the same in every run of the benchmark, over curves that fall and rise as those of training do. */
const WITH_POINTS = `globalThis.withPoints = message => ({
  ...message,
  trials: message.trials.map(trial => {
    const { from, count, seed } = trial.points;
    const points = new Float64Array(7 * count);
    for (let i = 0; i < count; i++) {
      const step = from + i;
      const noise = ((step * 7919 + seed * 104729) % 1000) / 1000 - 0.5;
      points.set([step / 10, step, step / 10, 2 * Math.exp(-step / 150) + 0.2 + 0.05 * noise,
        2 * Math.exp(-step / 140) + 0.3 + 0.05 * noise, 0.9 - 0.4 * Math.exp(-step / 120) + 0.02 * noise, 0], 7 * i);
    }
    return { ...trial, points };
  }),
});`;
