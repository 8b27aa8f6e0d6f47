import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { root } from './paths';

export interface WebviewOptions {
  /** What the page has kept from before. */
  readonly kept?: object;
  readonly width?: number;
  /** The language of the page, and its texts as JSON. */
  readonly language?: string;
  readonly texts?: string;
  /** What the page shows. */
  readonly subject?: string;
}

/**
 * A page of the editor in a browser, as it was built. Its host says the language; what else the page asks stands in
 * `told`, for {@link reply} and {@link refuse} to answer.
 */
export async function openWebview(
  browser: Browser,
  kind: 'run' | 'runs',
  { kept, width = 1100, language = 'en', texts, subject = '/run' }: WebviewOptions = {},
): Promise<Page> {
  const read = (file: string): string => readFileSync(path.join(root, 'dist', 'webview', file), 'utf8');
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  await page.setContent(
    '<!doctype html><html><body class="vscode-dark"><main id="page"></main></body></html>',
  );
  await page.addStyleTag({ content: read(`${kind}.css`) });
  await page.evaluate(
    `globalThis.kept = ${kept === undefined ? 'undefined' : JSON.stringify(kept)};` +
      `globalThis.started = ${JSON.stringify({ language, texts, subject })};` +
      'globalThis.told = [];' +
      `globalThis.acquireVsCodeApi = () => ({
        postMessage(message) {
          if (message.name === 'start') window.postMessage({ type: 'reply', id: message.id, result: started });
          else told.push(message);
        },
        setState(state) { kept = state; },
        getState: () => kept,
      });`,
  );
  await page.addScriptTag({ content: read(`${kind}.js`) });
  return page;
}

/**
 * A script that answers what the page asked last under a name. `result` is a script that gives the answer, `buffers`
 * one that lists what of it is handed over rather than copied.
 */
export function reply(name: string, result: string, buffers = '[]'): string {
  return `window.postMessage({ type: 'reply', id: told.findLast(asked => asked.name === '${name}').id, result: ${result} }, '*', ${buffers})`;
}

/** A script that refuses what the page asked last under a name. */
export function refuse(name: string, message: string): string {
  return `window.postMessage({ type: 'failure', id: told.findLast(asked => asked.name === '${name}').id, message: ${JSON.stringify(message)} })`;
}
