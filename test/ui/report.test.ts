import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { reportPage } from '../../src/ui/report/report-page';
import { createEventEncoder } from '../../src/ui/runs/run-state';
import { type Trial, type Trials, applyDelta } from '../../src/ui/runs/trial-points';
import { event } from '../unit/experiments/support';
import { REPORT } from '../unit/ui/sample-report';
import { launchBrowser } from '../vscode/browser';
import { root } from '../vscode/paths';

/** Trials of two arms at three seeds, with a loss that falls. */
function trials(): readonly Trial[] {
  const all: Trials = new Map();
  for (const strategy of ['single-task', 'transfer'])
    for (const seed of [1, 2, 3]) {
      const id = `${strategy}-s${seed}`;
      const events = Array.from({ length: 300 }, (_, step) =>
        event(step, {
          epoch: step / 10,
          loss: seed / 10 + 2 / (step + 1),
          ...(step % 10 === 0 ? { validation: { loss: 1, 'balanced-accuracy': 0.5 + step / 1000 } } : {}),
        }),
      );
      applyDelta(all, {
        id,
        head: { id, arm: strategy, strategy, n: 160, seed },
        status: 'finished',
        ...createEventEncoder('balanced-accuracy').encode(events),
      });
    }
  return [...all.values()];
}

describe('a report as a file, in a browser without a network', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'report-'));
  const file = path.join(folder, 'report.html');
  const requests: string[] = [];
  const errors: string[] = [];
  let browser: Browser;
  let page: Page;

  before(async () => {
    const read = (name: string): string =>
      readFileSync(path.join(root, 'dist', 'webview', name), 'utf8').trim();
    writeFileSync(
      file,
      reportPage(REPORT, {
        language: 'en',
        name: 'first',
        trials: trials(),
        assets: { style: read('report.css'), script: read('report.js') },
      }),
    );
    browser = await launchBrowser();
    const context = await browser.newContext({ offline: true, acceptDownloads: true });
    page = await context.newPage();
    page.on('request', request => requests.push(request.url()));
    page.on('console', message => {
      if (message.type() === 'error') errors.push(message.text());
    });
    page.on('pageerror', error => errors.push(error.message));
    await page.goto(pathToFileURL(file).href);
  });

  after(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  it('shows all its charts, asks nobody for anything, and has no error', async () => {
    const charts = await page.evaluate<string[]>(
      "[...document.querySelectorAll('figure')].map(({ id }) => id)",
    );
    assert.deepEqual(charts, [
      ...['sizes', 'differences', 'worth', 'curves-loss', 'curves-validationLoss', 'curves-metric'],
    ]);
    for (const id of charts) {
      const drawing = page.locator(`#${id} > svg`);
      assert.ok((await drawing.locator('path, circle, rect').count()) > 0, id);
      assert.ok(((await drawing.boundingBox())?.height ?? 0) > 50, id);
    }
    assert.deepEqual(requests, [pathToFileURL(file).href]);
    assert.deepEqual(errors, []);
    assert.ok(statSync(file).size < 150_000, 'a small file');
  });

  it('saves a chart with its legend', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('#curves-loss button', { hasText: 'SVG' }).click(),
    ]);
    const svg = readFileSync(await download.path(), 'utf8');
    assert.equal(download.suggestedFilename(), 'first-curves-loss.svg');
    assert.match(svg, /viewBox="0 0 720 346"/);
    assert.match(svg, />transfer<\/text>/);
    const [picture] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('#sizes button', { hasText: 'PNG' }).click(),
    ]);
    const png = readFileSync(await picture.path());
    assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [1440, 732]);
    assert.deepEqual(errors, []);
  });

  it('prints its charts and tables, without what only works on a screen', async () => {
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('.exports').first().isVisible(), false);
    assert.equal(await page.locator('#sizes svg').isVisible(), true);
    assert.equal(await page.locator('#sizes table').isVisible(), true);
    assert.ok((await page.pdf()).length > 20_000);
    await page.emulateMedia({ media: 'screen' });
    assert.equal(await page.locator('#sizes table').isVisible(), false);
  });
});
