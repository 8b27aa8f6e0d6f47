import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { errors, type BrowserContext, type FrameLocator, type Locator, type Page } from 'playwright-core';
import { removeFolder, temporaryFolder } from '../../scripts/lib/guard.mjs';
import { assertMatchesBaseline } from './baseline';
import { launchBrowser, stayOnThisMachine } from './browser';
import { installServer } from './install';
import { editor, hoverOver, notifications, openFileByName, runCommand } from './gestures';
import { fixtures, results, root } from './paths';
import { startServer, type Server, type Settings } from './server';

/** Each with the file of the theme, which the class of a window names once it is drawn in it. */
const THEMES = {
  dark: { name: 'Dark Modern', file: 'dark_modern' },
  light: { name: 'Light Modern', file: 'light_modern' },
  'high-contrast': { name: 'Default High Contrast', file: 'hc_black' },
  'high-contrast-light': { name: 'Default High Contrast Light', file: 'hc_light' },
} as const;

export type Theme = keyof typeof THEMES;

/** How long animations and late decorations take. */
const SETTLE_MS = 500;

export interface WorkbenchOptions {
  readonly theme?: Theme;
  readonly settings?: Settings;
  /** The folder that a copy is opened of; the fixture workspace by default. */
  readonly workspace?: string;
  /** A workspace file in it (`.code-workspace`), to open instead of the folder. */
  readonly workspaceFile?: string;
  /** A file in it to open at once. */
  readonly file?: string;
  readonly size?: { readonly width: number; readonly height: number };
  /** The language VS Code runs in, as `ko`. */
  readonly language?: string;
  /** Whether the folder has to be trusted: it opens in Restricted Mode then. It is trusted by default. */
  readonly asksForTrust?: boolean;
}

/** A VS Code window with the extension loaded, as a user sees it. */
export interface Workbench {
  readonly page: Page;
  /** The copy of the workspace that is open. */
  readonly folder: string;
  /** Opens a file of the workspace by its name, and gives its editor. */
  readonly open: (file: string) => Promise<Locator>;
  /** Runs a command by the title that the command palette shows; `asks`: it opens a list of its own. */
  readonly command: (title: string, asks?: boolean) => Promise<void>;
  /** Points at the first place in the editor that reads so, until a hover that contains `expected` shows. */
  readonly hover: (text: string, expected: string | RegExp) => Promise<Locator>;
  /** The messages that VS Code and its extensions have for the user. */
  readonly notifications: () => Promise<string[]>;
  /** The inside of the one webview that is shown. */
  readonly webview: () => FrameLocator;
  readonly setSettings: (settings: Settings) => void;
  /** Draws the window in another theme; settles once it is. */
  readonly setTheme: (theme: Theme) => Promise<void>;
  /** Writes test-results/NAME.png once nothing moves any more. */
  readonly screenshot: (name: string) => Promise<void>;
  /** Compares a part of the window with its baseline once nothing moves any more. */
  readonly matchesBaseline: (name: string, region: Locator) => Promise<void>;
  readonly close: () => Promise<void>;
}

const openPages = new Set<Page>();

/** Writes a screenshot of every window that is open now. */
export async function photographOpenWindows(name: string): Promise<void> {
  const file = name.replace(/[^\p{L}\p{N}]+/gu, '-');
  const open = [...openPages].filter(page => !page.isClosed());
  for (const [index, page] of open.entries()) await photograph(page, `${file}-${index + 1}`);
}

async function photograph(page: Page, name: string): Promise<void> {
  mkdirSync(results, { recursive: true });
  await page.screenshot({ path: path.join(results, `${name}.png`) });
}

/** What windows are served by and drawn in. */
interface Host {
  readonly server: Server;
  readonly context: BrowserContext;
  readonly stop: () => Promise<void>;
}

/** Windows without workspace trust open one after the other in one host: all but the first take half the time. */
let shared: Promise<Host> | undefined;

async function startHost(asksForTrust: boolean): Promise<Host> {
  await installServer();
  const work = temporaryFolder('strategy-advisor-ui-');
  const server = await startServer({ asksForTrust });
  // What the browser leaves behind stays in there.
  const { TMPDIR: temporary } = process.env;
  process.env['TMPDIR'] = work;
  const browser = await launchBrowser();
  if (temporary === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = temporary;
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  await stayOnThisMachine(context);
  return {
    server,
    context,
    async stop() {
      await browser.close();
      await server.stop();
      await removeFolder(work);
    },
  };
}

/** Ends what windows have shared, once all are closed. */
export async function endSharedHost(): Promise<void> {
  const host = await shared;
  shared = undefined;
  await host?.stop();
}

/** Opens VS Code on a copy of a workspace, with the extension loaded from its sources. Close it in `after`. */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const { asksForTrust = false } = options;
  const host = await (asksForTrust ? startHost(true) : (shared ??= startHost(false)));
  const work = temporaryFolder('strategy-advisor-ui-');
  const page = await host.context.newPage();
  openPages.add(page);
  const close = async (): Promise<void> => {
    openPages.delete(page);
    await leaveNothing(page);
    if (asksForTrust) await host.stop();
    await removeFolder(work);
  };
  try {
    return { ...(await openWindow(page, host.server, work, options)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Closes a page. What its window has kept, as its layout and what the extension remembers, is gone from the next. */
async function leaveNothing(page: Page): Promise<void> {
  if (page.isClosed()) return;
  const { origin } = new URL(page.url());
  // A window that is left ends its processes; one that is closed waits for what may come back.
  await page.goto('about:blank');
  const session = await page.context().newCDPSession(page);
  const storageTypes = 'cookies,indexeddb,local_storage,service_workers,websql';
  // Of a window that failed to open in time, the next one may be open already.
  if (origin.startsWith('http') && openPages.size === 0)
    await session.send('Storage.clearDataForOrigin', { origin, storageTypes });
  await page.close();
}

async function openWindow(
  page: Page,
  server: Server,
  work: string,
  options: WorkbenchOptions,
): Promise<Omit<Workbench, 'close'>> {
  const folder = path.join(work, 'workspace');
  cpSync(options.workspace ?? path.join(fixtures, 'workspace'), folder, { recursive: true });
  let { theme = 'dark', settings = {} } = options;
  server.resetSettings(settings);
  await page.setViewportSize(options.size ?? { width: 1280, height: 800 });
  if (options.language !== undefined)
    await page.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(options.language)};`);
  const openFile = options.file === undefined ? {} : { openFile: path.join(folder, options.file) };
  const place = path.join(folder, options.workspaceFile ?? '');
  await page.goto(server.url({ folder: place, payload: { extensionDevelopmentPath: root, ...openFile } }));
  await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
  const set = (): void => {
    server.setSettings({ 'workbench.colorTheme': THEMES[theme].name, ...settings });
  };
  const setTheme = async (next: Theme): Promise<void> => {
    theme = next;
    const themed = page.locator(`.monaco-workbench.vscode-theme-defaults-themes-${THEMES[theme].file}-json`);
    // A window that is just being loaded may not hear of it at first.
    for (let remaining = 8; remaining > 0; remaining--) {
      set();
      if (await appears(themed, 10_000)) return;
    }
    throw new Error(`The window did not take the theme ${THEMES[theme].name}.`);
  };
  // A window with an extension under development starts in its own theme whatever is set.
  await setTheme(theme);
  if (options.file !== undefined) await editor(page, options.file).waitFor({ timeout: 60_000 });
  return {
    page,
    folder,
    open: file => openFileByName(page, file),
    command: (title, asks) => runCommand(page, title, asks),
    hover: (text, expected) => hoverOver(page, text, expected),
    notifications: () => notifications(page),
    webview: () => page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame'),
    setSettings(next) {
      settings = next;
      set();
    },
    setTheme,
    async screenshot(name) {
      await page.waitForTimeout(SETTLE_MS);
      await photograph(page, name);
    },
    async matchesBaseline(name, region) {
      // What is under the mouse is drawn in another colour.
      await page.mouse.move(0, 0);
      await page.waitForTimeout(SETTLE_MS);
      await assertMatchesBaseline(name, region);
    },
  };
}

async function appears(target: Locator, timeout: number): Promise<boolean> {
  try {
    await target.waitFor({ timeout });
    return true;
  } catch (error) {
    if (error instanceof errors.TimeoutError) return false;
    throw error;
  }
}
