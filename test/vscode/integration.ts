import { closeSync, cpSync, existsSync, openSync, readSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { removeFolder, temporaryFolder } from '../../scripts/lib/guard.mjs';
import { launchBrowser, stayOnThisMachine } from './browser';
import { bundleSuites } from './bundle';
import { installServer } from './install';
import { fixtures, hostEntry, root } from './paths';
import { startServer, type Server } from './server';

const TIME_LIMIT_MS = Number(process.env['TEST_TIME_LIMIT_MS'] ?? 900_000);

export interface IntegrationOptions {
  /** The folder of an extension under development: the project itself, or one that does nothing. */
  readonly developmentExtension?: string;
  /** Where extensions were installed. */
  readonly extensionsFolder?: string;
}

/**
 * Runs the integration suites in the extension host of a real VS Code, on a copy of the fixture folders. Their
 * output is streamed.
 * @returns the exit status: 0 where tests ran and none failed
 */
export async function runIntegration(options: IntegrationOptions = {}): Promise<number> {
  await installServer();
  await bundleSuites();
  const work = temporaryFolder('strategy-advisor-integration-');
  // What the browser leaves behind stays in there too.
  process.env['TMPDIR'] = work;
  cpSync(fixtures, path.join(work, 'fixtures'), { recursive: true });
  const folder = path.join(work, 'fixtures', 'test.code-workspace');
  const output = path.join(work, 'output');
  const counts = process.env['TEST_COUNTS'] ?? path.join(work, 'counts.json');
  const stopStreaming = streamFile(output);
  const environment: NodeJS.ProcessEnv = {
    TEST_OUTPUT: output,
    TEST_COUNTS: counts,
    TEST_EXTENSION_FOLDER: options.extensionsFolder ?? root,
  };
  if (process.stdout.isTTY) environment['TEST_COLOR'] = '1';
  const server = await startServer({
    environment,
    settings: {
      // As on a desktop. In a browser VS Code saves by itself: after a test has deleted its file, too.
      'files.autoSave': 'off',
      // The server carries VS Code's TypeScript extension without the compiler that speaks for it.
      'typescript.tsdk': path.join(root, 'node_modules', 'typescript', 'lib'),
      'typescript.disableAutomaticTypeAcquisition': true,
      // One process, which watches by itself: what it asks of VS Code's own watcher holds up the events of others.
      'typescript.tsserver.useSyntaxServer': 'never',
      'typescript.tsserver.watchOptions': {
        watchFile: 'fixedPollingInterval',
        watchDirectory: 'fixedPollingInterval',
      },
      'typescript.validate.enable': false,
    },
    ...(options.extensionsFolder === undefined ? {} : { extensionsFolder: options.extensionsFolder }),
  });
  try {
    const url = server.url({
      folder,
      payload: {
        extensionDevelopmentPath: options.developmentExtension ?? root,
        extensionTestsPath: hostEntry,
      },
    });
    const { status, errors } = await runWindow(server, url);
    stopStreaming();
    if (existsSync(counts)) return status;
    console.error(['The suites did not run to their end.', ...errors.slice(-10)].join('\n'));
    return 1;
  } finally {
    stopStreaming();
    await server.stop();
    await removeFolder(work);
  }
}

/** Opens a window and waits until it says that its tests have ended. */
async function runWindow(
  server: Server,
  url: string,
): Promise<{ status: number; errors: readonly string[] }> {
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await stayOnThisMachine(context);
    const page = await context.newPage();
    const errors: string[] = [];
    await page.exposeFunction('codeAutomationLog', (type: string, values: readonly unknown[]) => {
      if (type === 'error') errors.push(values.map(String).join(' '));
    });
    const ended = testsEnded(page);
    await page.goto(url);
    const status = await Promise.race([ended, server.failure]);
    return { status, errors };
  } finally {
    await browser.close();
  }
}

async function testsEnded(page: Page): Promise<number> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      reject(new Error(`The suites did not end within ${TIME_LIMIT_MS / 1000} s.`));
    }, TIME_LIMIT_MS);
    limit.unref();
    page.once('crash', () => {
      reject(new Error('The window crashed.'));
    });
    page.exposeFunction('codeAutomationExit', resolve).catch(reject);
  });
}

/** Copies what is appended to a file to standard output; the function that is returned ends it. */
function streamFile(file: string): () => void {
  writeFileSync(file, '');
  const descriptor = openSync(file, 'r');
  const buffer = Buffer.alloc(65_536);
  const copy = (): void => {
    for (let length = readSync(descriptor, buffer); length > 0; length = readSync(descriptor, buffer))
      process.stdout.write(Buffer.from(buffer.subarray(0, length)));
  };
  const timer = setInterval(copy, 100);
  let open = true;
  return () => {
    if (!open) return;
    open = false;
    clearInterval(timer);
    copy();
    closeSync(descriptor);
  };
}
