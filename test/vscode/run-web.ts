// npm run test:web: the browser bundle, in the web extension host of a real VS Code.
import { createReadStream, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { build } from 'esbuild';
import type { BrowserContext } from 'playwright-core';
import type { WebResult } from '../web/host';
import { launchBrowser, stayOnThisMachine } from './browser';
import { installServer } from './install';
import { results, root } from './paths';
import { runAndExit } from './run';
import { startServer } from './server';

const TIME_LIMIT_MS = Number(process.env['TEST_TIME_LIMIT_MS'] ?? 120_000);
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

runAndExit(async () => {
  await installServer();
  const files = await serveFiles();
  await bundle(files.address);
  const server = await startServer();
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext();
    await stayOnThisMachine(context);
    await withoutRemote(context, files.port);
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', error => errors.push(String(error.stack)));
    page.on('console', message => {
      if (message.type() === 'error') errors.push(message.text());
    });
    const url = new URL(server.url({ folder: 'tmp:///workspace' }));
    url.searchParams.set(
      'payload',
      JSON.stringify([['extensionTestsPath', `${files.address}/extension/dist/test-web/host.js`]]),
    );
    // A suite runs in a worker, which cannot see what the window shows.
    files.look = text =>
      page
        .locator('.notification-list-item-message', { hasText: text })
        .first()
        .waitFor({ timeout: 10_000 })
        .then(
          () => true,
          () => false,
        );
    await page.goto(url.href);
    const result = await Promise.race([files.result, server.failure, after(TIME_LIMIT_MS)]);
    if (!result) {
      await page.screenshot({ path: path.join(results, 'failed-web.png') });
      console.error(
        ['The suites did not run to their end.', ...new Set(errors.map(each => each.slice(0, 300)))]
          .slice(-45)
          .join('\n'),
      );
      return 1;
    }
    return report(result);
  } finally {
    await browser.close();
    await server.stop();
    files.close();
  }
});

function report({ lines, passes, failures }: WebResult): number {
  console.log(`\n${lines.join('\n')}\n\n  ${passes} passing, ${failures} failing`);
  const { TEST_COUNTS: counts } = process.env;
  if (counts !== undefined) writeFileSync(counts, JSON.stringify({ passes, failures, pending: 0 }));
  return failures > 0 || passes === 0 ? 1 : 0;
}

function after(milliseconds: number): Promise<undefined> {
  return new Promise(resolve => {
    setTimeout(resolve, milliseconds, undefined).unref();
  });
}

/** Bundles the suites for a browser. */
async function bundle(address: string): Promise<void> {
  await build({
    absWorkingDir: root,
    outfile: 'dist/test-web/host.js',
    entryPoints: ['test/web/host.ts'],
    bundle: true,
    platform: 'browser',
    format: 'cjs',
    target: 'es2022',
    external: ['vscode'],
    define: {
      RESULT_ADDRESS: JSON.stringify(`${address}/result`),
      NOTIFICATION_ADDRESS: JSON.stringify(`${address}/notification`),
      global: 'globalThis',
    },
    logLevel: 'warning',
  });
}

interface Files {
  readonly port: number;
  readonly address: string;
  /** What the suites post when they have ended. */
  readonly result: Promise<WebResult>;
  /** Whether a notification with such a text appears, for suites that ask. */
  look: (text: string) => Promise<boolean>;
  readonly close: () => void;
}

/** Serves the extension, as a marketplace would, to windows on this machine. */
async function serveFiles(): Promise<Files> {
  let settle = (_result: WebResult): void => undefined;
  const result = new Promise<WebResult>(resolve => {
    settle = resolve;
  });
  const server = createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Headers', '*');
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (pathname === '/notification') {
      void files.look(searchParams.get('text') ?? '').then(isShown => response.end(String(isShown)));
      return;
    }
    if (pathname === '/result') {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        response.end();
        if (body !== '') settle(JSON.parse(body) as WebResult);
      });
      return;
    }
    const [, name = '', ...rest] = pathname.split('/').map(decodeURIComponent);
    const file = path.resolve(root, ...rest);
    if (name !== 'extension' || !file.startsWith(root + path.sep)) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('Content-Type', TYPES[path.extname(file)] ?? 'application/octet-stream');
    createReadStream(file)
      .on('error', () => response.writeHead(404).end())
      .pipe(response);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const files: Files = {
    port,
    address: `http://127.0.0.1:${port}`,
    result,
    look: () => Promise.resolve(false),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  return files;
}

/** Opens windows as a site does that has no server behind it: all extensions run in the browser. */
async function withoutRemote(context: BrowserContext, port: number): Promise<void> {
  const at = (file: string) => ({ scheme: 'http', authority: `127.0.0.1:${port}`, path: file });
  await context.route(
    url => url.pathname === '/' && url.searchParams.has('folder'),
    async route => {
      const response = await route.fetch();
      const headers = Object.fromEntries(
        Object.entries(response.headers()).filter(([name]) => name !== 'content-security-policy'),
      );
      const body = (await response.text()).replace(
        /(id="vscode-workbench-web-configuration" data-settings=")([^"]*)"/,
        (_whole, before: string, settings: string) => {
          const { remoteAuthority: _remote, ...configuration } = JSON.parse(
            settings.replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
          ) as Record<string, unknown>;
          const own = {
            ...configuration,
            developmentOptions: {
              ...(configuration['developmentOptions'] ?? {}),
              extensions: [at('/extension')],
            },
          };
          return `${before}${JSON.stringify(own).replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`;
        },
      );
      await route.fulfill({ status: response.status(), headers, body });
    },
  );
  // This server's workbench keeps the user's data with the server; here, in the memory of the window.
  await context.route(/\/workbench\.js$/, async route => {
    const response = await route.fetch();
    const body = (await response.text())
      .replace(',remoteAuthority:location.host', '')
      .replace(
        /(\(this\.userDataPath\)\.with\(\{scheme:)[\w$.]+(\}\))/,
        (_whole, before: string, behind: string) => `${before}"tmp"${behind}`,
      );
    await route.fulfill({ response, body });
  });
}
