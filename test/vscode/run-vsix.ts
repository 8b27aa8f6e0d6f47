// npm run test:vsix: the integration suites, on the extension as its users install it.
import path from 'node:path';
import { temporaryFolder } from '../../scripts/lib/guard.mjs';
import { runIntegration } from './integration';
import { fixtures } from './paths';
import { runAndExit } from './run';
import { installExtension, packExtension } from './vsix';

runAndExit(async () => {
  const work = temporaryFolder('strategy-advisor-vsix-');
  const packed = process.env['TEST_VSIX'];
  const vsix = packed ?? path.join(work, 'strategy-advisor.vsix');
  const extensionsFolder = path.join(work, 'extensions');
  if (packed === undefined) await packExtension(vsix);
  await installExtension(vsix, extensionsFolder, path.join(work, 'installer'));
  // Tests are run for an extension under development: here, one that does nothing.
  return runIntegration({ extensionsFolder, developmentExtension: path.join(fixtures, 'empty-extension') });
});
