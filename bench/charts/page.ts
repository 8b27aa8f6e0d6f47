import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { TrialDelta } from '../../src/webview/live/trials';
import type { ToRunPage } from '../../src/webview/protocol';

const webview = path.join(__dirname, '../../dist/webview');

/** A page of the editor in a browser, with a host that keeps what it is told. */
export async function openPage(browser: Browser, kind: 'run' | 'runs', kept?: object): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1100, height: 800 } });
  await page.setContent(
    `<!doctype html><html><body class="vscode-dark"><main id="page"></main></body></html>`,
  );
  await page.addStyleTag({ content: readFileSync(path.join(webview, `${kind}.css`), 'utf8') });
  await page.evaluate(`globalThis.kept = ${JSON.stringify(kept) ?? 'undefined'};`);
  await page.evaluate(
    'globalThis.told = [];' +
      'globalThis.acquireVsCodeApi = () => ({ postMessage: m => told.push(m), setState: s => { kept = s; }, getState: () => kept });',
  );
  await page.addScriptTag({ content: readFileSync(path.join(webview, `${kind}.js`), 'utf8') });
  return page;
}

type Sent = Omit<TrialDelta, 'points'> & { readonly points?: readonly number[] };
type Plain<M> = M extends { readonly trials: unknown }
  ? Omit<M, 'trials'> & { readonly trials: readonly Sent[] }
  : M;

/** A message as it can be handed to a browser from outside, its points as plain numbers. */
export type Handed = Plain<ToRunPage>;

/** Posts a message to a page as VS Code does, and waits until it has been drawn; gives the milliseconds. */
export async function post(page: Page, message: Handed): Promise<number> {
  return page.evaluate<number, Handed>(
    `async message => {
      const whole = 'trials' in message
        ? { ...message, trials: message.trials.map(t => t.points ? { ...t, points: Float64Array.from(t.points) } : t) }
        : message;
      const start = performance.now();
      window.postMessage(whole);
      await new Promise(done => setTimeout(done));
      await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
      return performance.now() - start;
    }`,
    message,
  );
}
