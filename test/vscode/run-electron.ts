// npm run test:electron: the integration suites in the desktop VS Code, which is downloaded where it is not there yet.
import { cpSync } from 'node:fs';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { removeFolder, temporaryFolder } from '../../scripts/lib/guard.mjs';
import { bundleSuites } from './bundle';
import { fixtures, hostEntry, root } from './paths';
import { runAndExit } from './run';

runAndExit(async () => {
  await bundleSuites();
  const work = temporaryFolder('strategy-advisor-electron-');
  cpSync(fixtures, path.join(work, 'fixtures'), { recursive: true });
  const folder = path.join(work, 'fixtures', 'test.code-workspace');
  const profile = [
    '--user-data-dir',
    path.join(work, 'user'),
    '--extensions-dir',
    path.join(work, 'extensions'),
  ];
  try {
    return await runTests({
      extensionDevelopmentPath: root,
      extensionTestsPath: hostEntry,
      extensionTestsEnv: { TEST_LOGS: path.join(work, 'user', 'logs') },
      launchArgs: [folder, ...profile, '--disable-workspace-trust', '--skip-welcome', '--skip-release-notes'],
    });
  } finally {
    await removeFolder(work);
  }
});
