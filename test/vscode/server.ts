import { randomUUID } from 'node:crypto';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { endOwned, removeFolder, spawnOwned, temporaryFolder } from '../../scripts/lib/guard.mjs';
import { serverNode } from './install';
import { serverFolder } from './paths';

const START_LIMIT_MS = 60_000;

/** VS Code settings, as they stand in `settings.json`. */
export type Settings = Readonly<Record<string, unknown>>;

export interface ServerOptions {
  readonly settings?: Settings;
  readonly environment?: NodeJS.ProcessEnv;
  /** Where extensions were installed; none are by default. */
  readonly extensionsFolder?: string;
  /** Whether folders have to be trusted: they open in Restricted Mode then, without a question. All are trusted by default. */
  readonly asksForTrust?: boolean;
}

export interface Window {
  /** A folder, or a workspace file (`.code-workspace`). */
  readonly folder: string;
  /** What the window is told at its start: an extension to load from its sources, tests to run, a file to open. */
  readonly payload?: Readonly<
    Partial<Record<'extensionDevelopmentPath' | 'extensionTestsPath' | 'openFile', string>>
  >;
}

/** A VS Code server that listens on this machine only, with data folders of its own. */
export interface Server {
  /** The address of a window. It carries the token without which the server answers nobody. */
  readonly url: (window: Window) => string;
  /** Replaces the user's settings; open windows follow. */
  readonly setSettings: (settings: Settings) => void;
  /** Leaves nothing of what a window has set, and sets this. */
  readonly resetSettings: (settings: Settings) => void;
  /** Rejects when the server ends before it is stopped. */
  readonly failure: Promise<never>;
  readonly stop: () => Promise<void>;
}

// No gallery, no telemetry, no experiments: the server then asks no other machine for anything.
const quiet: Settings = {
  'chat.agentHost.enabled': false,
  'chat.disableAIFeatures': true,
  'editor.cursorBlinking': 'solid',
  'editor.minimap.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'git.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
};

/** A folder opens in Restricted Mode, and no question stands in the way of what a test does there. */
const askingForTrust: Settings = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
};

/** What the server's programs need whatever they do; run them with `serverNode` in `serverFolder`. */
export function serverEnvironment(temporary: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$|npm_)/.test(name),
  );
  return {
    ...Object.fromEntries(inherited),
    TMPDIR: temporary,
    XDG_RUNTIME_DIR: temporary,
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    CS_TELEMETRY_URL: 'http://127.0.0.1:9/',
  };
}

/** Starts a VS Code server on a free port. It ends with this process at the latest. */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const data = temporaryFolder('strategy-advisor-server-');
  const { asksForTrust = false } = options;
  const trust = asksForTrust ? askingForTrust : {};
  const writeSettings = (scope: 'Machine' | 'User', settings: Settings): void => {
    const folder = path.join(data, 'data', scope);
    mkdirSync(folder, { recursive: true });
    // In one step: a window that reads a file while it is written misses what it says in the end.
    const written = path.join(folder, 'settings.json.new');
    writeFileSync(written, JSON.stringify({ ...quiet, ...trust, ...settings }));
    renameSync(written, path.join(folder, 'settings.json'));
  };
  // Some settings count in the user's alone; later changes go where an open window is sure to follow them.
  const setSettings = (settings: Settings): void => {
    writeSettings('Machine', settings);
  };
  const resetSettings = (settings: Settings): void => {
    writeSettings('User', {});
    setSettings(settings);
  };
  resetSettings(options.settings ?? {});
  const temporary = path.join(data, 't');
  mkdirSync(temporary);
  const token = randomUUID();
  const child = spawnOwned(serverNode, serverArguments(data, token, options), {
    cwd: serverFolder,
    env: {
      ...serverEnvironment(temporary),
      TEST_LOGS: path.join(data, 'data', 'logs'),
      ...options.environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const failure = new Promise<never>((_resolve, reject) => {
    child.once('error', reject);
    child.once('close', code => {
      reject(new Error(`The VS Code server ended by itself (status ${code ?? 'none'}).`));
    });
  });
  failure.catch(() => undefined);
  const port = await listeningPort(child);
  return {
    url: window => windowUrl(port, token, window),
    setSettings,
    resetSettings,
    failure,
    async stop() {
      await endOwned(child);
      await removeFolder(data);
    },
  };
}

function serverArguments(
  data: string,
  token: string,
  { extensionsFolder, asksForTrust = false }: ServerOptions,
): string[] {
  return [
    'out/server-main.js',
    '--accept-server-license-terms',
    ...['--host', '127.0.0.1', '--port', '0', '--connection-token', token],
    ...['--server-data-dir', data, '--telemetry-level', 'off'],
    ...(asksForTrust ? [] : ['--disable-workspace-trust']),
    // Without this the payload in a window's address is ignored.
    '--enable-smoke-test-driver',
    ...(extensionsFolder === undefined ? [] : ['--extensions-dir', extensionsFolder]),
  ];
}

function listeningPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = '';
    let started = false;
    const fail = (what: string): void => {
      reject(new Error(`The VS Code server ${what}:\n${output}`));
    };
    const limit = setTimeout(fail, START_LIMIT_MS, `did not start within ${START_LIMIT_MS / 1000} s`);
    child.once('close', () => {
      clearTimeout(limit);
      fail('did not start');
    });
    const read = (chunk: Buffer): void => {
      if (process.env['VSCODE_SERVER_VERBOSE'] !== undefined) process.stderr.write(chunk);
      if (started) return;
      output += chunk.toString();
      const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (port === undefined) return;
      clearTimeout(limit);
      resolve(Number(port));
      output = '';
      started = true;
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
  });
}

function windowUrl(port: number, token: string, { folder, payload }: Window): string {
  const url = new URL(`http://127.0.0.1:${port}/`);
  url.searchParams.set('tkn', token);
  url.searchParams.set(folder.endsWith('.code-workspace') ? 'workspace' : 'folder', folder);
  const remote = Object.entries(payload ?? {}).map(([key, file]) => [
    key,
    `vscode-remote://127.0.0.1:${port}${file}`,
  ]);
  url.searchParams.set('payload', JSON.stringify(remote));
  return url.href;
}
