import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../vscode/browser';
import { root } from '../vscode/paths';
import { openWebview, refuse, reply, type WebviewOptions } from '../vscode/webview-page';

/** A point of training: seconds, step, epoch, loss, validation loss, metric, stretch. */
type Row = readonly (number | 'Infinity' | 'NaN')[];

const row = (step: number, loss: Row[number], validation: Row[number] = 'NaN'): Row => {
  const metric = validation === 'NaN' ? 'NaN' : 0.5;
  return [step / 10, step, step / 10, loss, validation, metric, 0];
};

const trial = (id: string, arm: string, seed: number, rows: readonly Row[], more: object = {}): object => ({
  ...{ id, status: 'finished', points: rows.flat() },
  head: { id, arm, strategy: arm, n: 40, seed },
  stretches: [{ phase: 'train', learningRate: 0.01, candidate: 0 }],
  ...more,
});

const run = (trials: readonly object[], more: object = {}): object => ({
  trials,
  facts: {
    ...{ id: 'r', kind: 'pilot', task: 't', started: '2026-01-01T00:00:00Z', available: 100, warnings: [] },
    metric: { name: 'accuracy', higherIsBetter: true },
  },
  status: { state: 'interrupted', finished: trials.length, failed: 0, total: 45 },
  ...more,
});

describe('the page of a run, in a browser', () => {
  let browser: Browser;

  before(async () => {
    browser = await launchBrowser();
  });

  after(async () => {
    await browser.close();
  });

  async function shown(content: object, options: WebviewOptions = {}): Promise<Page> {
    const page = await openWebview(browser, 'run', options);
    await page.evaluate(reply('open', withPoints(content)));
    await page.locator('h1').waitFor();
    return page;
  }

  /** Tells the page something as VS Code does. */
  async function notify(page: Page, name: string, params: object): Promise<void> {
    await page.evaluate(
      `window.postMessage({ type: 'notification', name: '${name}', params: ${withPoints(params)} })`,
    );
  }

  /** A script that gives what is to be handed over; JSON knows no NaN. */
  const withPoints = (content: object): string => `(content => {
    for (const trial of Array.isArray(content.trials) ? content.trials : [])
      if (trial.points) trial.points = Float64Array.from(trial.points, Number);
    return content;
  })(${JSON.stringify(content)})`;

  /** How many pixels of a chart have a colour of a strategy. */
  const painted = (page: Page, chart: string): Promise<number> =>
    page.evaluate<number>(`(() => {
      const canvas = document.querySelector('${chart} canvas');
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      let count = 0;
      for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 0 && data[i] !== data[i + 2]) count++;
      return count;
    })()`);

  it('shows a run of one trial with one point, and without a result', async () => {
    const page = await shown(run([trial('a', 'transfer', 1, [row(1, 0.5, 0.7)])]));
    assert.match(await page.locator('p.status').innerText(), /interrupted · 1 of 45 trials/);
    assert.equal(await page.locator('figure:not([hidden]) .plot').count(), 3);
    assert.ok((await painted(page, '#curves-loss')) >= 4, 'a point of its own is seen');
    assert.equal(await page.locator('p.verdict').isHidden(), true);
    await page.locator('#curves-loss .plot').press('ArrowLeft');
    assert.match(
      await page.locator('#curves-loss .reading').innerText(),
      /transfer · 40 examples.*epoch 0\.1 · 0\.5/,
    );
    await page.close();
  });

  it('shows where losses diverged, and says of which trials', async () => {
    const rows = [row(1, 2), row(2, 'Infinity'), row(3, 1), row(4, 0.5)];
    const all = [row(1, 'Infinity'), row(2, 'Infinity')];
    const page = await shown(run([trial('a', 'transfer', 1, rows), trial('b', 'multitask', 1, all)]));
    assert.match(await page.locator('.trouble').innerText(), /The loss of a, b diverged/);
    await page.locator('#curves-loss summary').click();
    const table = await page.locator('#curves-loss table').innerText();
    assert.match(table, /transfer · 40 examples\s+0\.4\s+0\.5\s+0\.5/);
    assert.match(table, /multitask · 40 examples\s+0\.2\s+–\s+–/);
    await page.locator('.controls input[type=checkbox]').check();
    assert.ok((await painted(page, '#curves-loss')) > 50);
    await page.close();
  });

  it('says why a run cannot be shown, and goes on where it can', async () => {
    const page = await openWebview(browser, 'run');
    await page.evaluate(refuse('open', 'Of a newer version.'));
    assert.equal(await page.getByRole('alert').innerText(), 'Of a newer version.');
    // It is brought back where it is shown again, and can be asked for once more.
    assert.deepEqual(await page.evaluate('kept.run'), '/run');
    await page.getByRole('button', { name: 'Try Again' }).click();
    await page.evaluate(
      reply('open', withPoints(run([trial('a', 'transfer', 1, [row(1, 1), row(2, 0.5)])]))),
    );
    await page.locator('h1', { hasText: 'Pilot of t' }).waitFor();
    // What does not fit the protocol changes nothing.
    await notify(page, 'delta', { trials: 'all of them' });
    await notify(page, 'gone', { message: 'It was removed.' });
    await page.locator('.trouble', { hasText: 'It was removed' }).waitFor();
    assert.match(await page.locator('p.status').innerText(), /interrupted/);
    await page.close();
  });

  it('shows names and messages as they are written, never as markup', async () => {
    const name = '<script>alert(1)</script><img src=x onerror=alert(2)>';
    const message = run([
      trial(name, name, 1, [row(1, 1), row(2, 0.5)], { status: 'failed', message: name }),
    ]);
    const page = await openWebview(browser, 'run');
    let isAlerted = false;
    page.on('dialog', dialog => {
      isAlerted = true;
      void dialog.dismiss();
    });
    const facts = { ...(message as { facts: object }).facts, name };
    await page.evaluate(reply('open', withPoints({ ...message, facts })));
    await page.locator('h1').waitFor();
    assert.equal(await page.locator('h1').innerText(), name);
    assert.ok((await page.locator('.trouble').innerText()).includes(name));
    assert.equal(await page.locator('main script, main img').count(), 0);
    assert.equal(isAlerted, false);
    await page.close();
  });

  it('speaks Korean, its axes, controls and status too', async () => {
    const texts = readFileSync(path.join(root, 'l10n', 'bundle.l10n.ko.json'), 'utf8');
    const rows = Array.from({ length: 40 }, (_, i) => row(10 * i, 2 / (i + 1), 2.2 / (i + 1)));
    const page = await shown(
      run([trial('a', 'single-task', 1, rows), trial('b', 'transfer', 1, rows.slice(0, 30))]),
      { language: 'ko', texts },
    );
    assert.equal(await page.locator('html').getAttribute('lang'), 'ko');
    const said = await page.locator('header, .controls, figure:not([hidden]) h2, .legend').allInnerTexts();
    // Names of strategies and tasks, and what a chart is saved as, are the same in all languages.
    const words = said.join(' ').replaceAll(/single-task|transfer|PNG|SVG|CSV|\bt\b|\br\b|ETA/g, '');
    assert.match(words, /[가-힣]/);
    assert.doesNotMatch(words, /[a-z]{3}/i);

    await page.screenshot({ path: 'test-results/run-ko.png' });
    await page.close();
  });

  it('fits a window of 200 pixels', async () => {
    const rows = Array.from({ length: 50 }, (_, i) => row(i, 2 / (i + 1), 2.2 / (i + 1)));
    const long = 'a-name-of-a-strategy-that-is-far-longer-than-the-window-is-wide';
    const page = await shown(
      run([trial('a', 'transfer', 1, rows), trial('b', long, 2, rows)], {
        status: { state: 'running', finished: 2, failed: 0, total: 45, secondsLeft: 90 },
      }),
      { width: 200 },
    );
    await page.locator('#curves-metric canvas').waitFor();
    assert.ok((await page.evaluate<number>('document.documentElement.scrollWidth')) <= 200);
    const box = await page.locator('#curves-loss canvas').boundingBox();
    assert.ok(box && box.x >= 0 && box.width > 120 && box.x + box.width <= 200, JSON.stringify(box));
    await page.screenshot({ path: 'test-results/run-200.png', fullPage: true });
    await page.close();
  });

  it('keeps its curves in place while others grow', async () => {
    const rows = Array.from({ length: 100 }, (_, i) => row(i, 1 + 1 / (i + 1)));
    const page = await shown(
      run(
        [
          trial('a', 'transfer', 1, rows),
          trial('b', 'multitask', 1, rows.slice(0, 90), { status: 'running' }),
        ],
        {
          status: { state: 'running', finished: 1, failed: 0, total: 2 },
        },
      ),
    );
    const status = { state: 'running', finished: 1, failed: 0, total: 2 };
    const grow = async (rowsOf: readonly Row[]): Promise<void> => {
      await notify(page, 'delta', {
        status,
        trials: [{ id: 'b', status: 'running', points: rowsOf.flat() }],
      });
    };
    await grow(rows.slice(90));
    await page.locator('#curves-loss summary').click();
    await page.locator('#curves-loss tbody tr', { hasText: /multitask · 40 examples9\.9/ }).waitFor();
    await grow(Array.from({ length: 400 }, (_, i) => row(100 + i, 1)));
    await page.locator('#curves-loss tbody tr', { hasText: /multitask · 40 examples49\.9/ }).waitFor();
    await page.evaluate('new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))');
    assert.ok((await painted(page, '#curves-loss')) > 300);
    await page.close();
  });
});
