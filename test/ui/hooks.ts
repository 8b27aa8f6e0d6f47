import { uncomparedPixels } from '../vscode/baseline';
import { endSharedHost, photographOpenWindows } from '../vscode/workbench';

/** A picture says why a test failed. */
export const mochaHooks = {
  async afterEach(this: Mocha.Context): Promise<void> {
    const test = this.currentTest;
    if (test?.isFailed() === true) await photographOpenWindows(`failed ${test.fullTitle()}`);
  },
  async afterAll(): Promise<void> {
    await endSharedHost();
    for (const name of uncomparedPixels()) console.log(`pixels skipped: ${name}`);
  },
};
