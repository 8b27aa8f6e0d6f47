import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { runOwned } from '../../scripts/lib/guard.mjs';
import { installServer, serverNode } from './install';
import { root, serverFolder } from './paths';
import { serverEnvironment } from './server';

/** Packs the extension as its users get it. */
export async function packExtension(file: string): Promise<void> {
  await runOwned(process.execPath, [path.join(root, 'scripts', 'package.mjs'), file], { cwd: root });
}

/**
 * Installs a .vsix as VS Code itself does, with no network.
 * @param work a folder for what the installer needs on the way; it may be removed afterwards
 */
export async function installExtension(vsix: string, extensionsFolder: string, work: string): Promise<void> {
  await installServer();
  const temporary = path.join(work, 't');
  mkdirSync(temporary, { recursive: true });
  const server = ['--server-data-dir', work, '--accept-server-license-terms', '--telemetry-level', 'off'];
  const install = ['--install-extension', vsix, '--force', '--extensions-dir', extensionsFolder];
  await runOwned(serverNode, ['out/server-main.js', ...install, ...server], {
    cwd: serverFolder,
    env: serverEnvironment(temporary),
  });
}
