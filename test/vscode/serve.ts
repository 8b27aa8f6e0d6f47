// Used by npm start: VS Code in a browser, on a folder or workspace file and perhaps a file in it, with the
// extension loaded from its sources.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { installServer } from './install';
import { root } from './paths';
import { runAndExit } from './run';
import { startServer } from './server';

runAndExit(async () => {
  const [folder = root, file] = process.argv.slice(2);
  await installServer();
  const server = await startServer({ settings: { 'window.autoDetectColorScheme': true } });
  const openFile = file === undefined ? {} : { openFile: path.resolve(file) };
  const payload = { extensionDevelopmentPath: root, ...openFile };
  const url = server.url({ folder: path.resolve(folder), payload });
  console.log(
    `\nVS Code is ready. Open this address in a browser on this machine:\n\n  ${url}\n\nCtrl-C ends it.`,
  );
  openInBrowser(url);
  return server.failure;
});

/** Opens a browser where there is a screen to show it on. */
function openInBrowser(url: string): void {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (DISPLAY === undefined && WAYLAND_DISPLAY === undefined) return;
  // Where no browser is found, the address stands in the terminal.
  const opener = spawn('xdg-open', [url], { detached: true, stdio: 'ignore' });
  opener.on('error', () => undefined);
  opener.unref();
}
