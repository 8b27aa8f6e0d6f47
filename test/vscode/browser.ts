import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { runOwned } from '../../scripts/lib/guard.mjs';

const CANDIDATES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
];

/** The path of a Chromium: `$CHROMIUM`, one that is installed, or Debian's, installed now where that is allowed. */
export async function findChromium(): Promise<string> {
  const named = process.env['CHROMIUM'];
  if (named !== undefined) {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM names ${named}, which does not exist.`);
  }
  const found = CANDIDATES.find(existsSync);
  if (found !== undefined) return found;
  if (!mayInstall())
    throw new Error(
      'The tests need Chromium: install it (on Debian `apt-get install chromium`), or set CHROMIUM to its path.',
    );
  console.log('installing Chromium');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runOwned('apt-get', ['update', '-q'], { env });
  await runOwned('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'chromium'], { env });
  return findChromium();
}

function mayInstall(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/etc/debian_version');
}

/** Starts a headless Chromium that finds no machine but this one. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await findChromium(),
    headless: true,
    // Who started it ends it: it closes when the pipe to this process does.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      // A page whose answer a test has changed counts as one from elsewhere, which may not ask this machine.
      '--disable-features=LocalNetworkAccessChecks',
      '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost',
    ],
  });
}

/** Refuses every request of a window that is not for this machine. */
export async function stayOnThisMachine(context: BrowserContext): Promise<void> {
  const isElsewhere = (url: URL): boolean =>
    /^https?:$/.test(url.protocol) && !['127.0.0.1', 'localhost'].includes(url.hostname);
  await context.route(isElsewhere, route => route.abort());
}
