import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { root } from './paths';

export interface WebviewOptions {
  /** What the page has kept from before. */
  readonly kept?: object;
  readonly width?: number;
}

/** A page of the editor in a browser, as it was built, with a host that keeps what it is told in `told`. */
export async function openWebview(
  browser: Browser,
  kind: 'run' | 'runs',
  { kept, width = 1100 }: WebviewOptions = {},
): Promise<Page> {
  const read = (file: string): string => readFileSync(path.join(root, 'dist', 'webview', file), 'utf8');
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  await page.setContent(
    '<!doctype html><html><body class="vscode-dark"><main id="page"></main></body></html>',
  );
  await page.addStyleTag({ content: read(`${kind}.css`) });
  await page.evaluate(
    `globalThis.kept = ${kept === undefined ? 'undefined' : JSON.stringify(kept)};` +
      'globalThis.told = [];' +
      'globalThis.acquireVsCodeApi = () => ({ postMessage: m => told.push(m), setState: s => { kept = s; }, getState: () => kept });',
  );
  await page.addScriptTag({ content: read(`${kind}.js`) });
  return page;
}
