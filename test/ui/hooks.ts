import { uncomparedPixels } from '../vscode/baseline';
import { installServer } from '../vscode/install';
import { endSharedHost, photographOpenWindows } from '../vscode/workbench';

/** A picture says why a test failed. */
export const mochaHooks = {
  async beforeAll(this: Mocha.Context): Promise<void> {
    this.timeout(300_000);
    await installServer();
  },
  async afterEach(this: Mocha.Context): Promise<void> {
    const test = this.currentTest;
    if (test?.isFailed() === true) await photographOpenWindows(`failed ${test.fullTitle()}`);
  },
  async afterAll(): Promise<void> {
    await endSharedHost();
    for (const name of uncomparedPixels()) console.log(`pixels skipped: ${name}`);
  },
};
