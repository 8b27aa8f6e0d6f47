import assert from 'node:assert/strict';
import { openWorkbench, type Workbench } from '../vscode/workbench';

describe('an annotated Python file in VS Code', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench({ file: 'digits.py' });
  });

  after(async () => {
    await workbench.close();
  });

  it('opens, with its annotations on the screen', async () => {
    const line = workbench.page.locator('.view-line', { hasText: '@task cheque-digit target' });
    await line.waitFor();
    await workbench.screenshot('editor');
  });

  it('lists the extension as running', async () => {
    const { page } = workbench;
    await workbench.command('Developer: Show Running Extensions');
    // The list is sorted by activation time and draws only what fits.
    await page.setViewportSize({ width: 1280, height: 2000 });
    const row = page.locator('.monaco-list-row .extension', { hasText: /Strategy Advisor|strategy-advisor/ });
    await row.waitFor();
    const text = await row.innerText();
    assert.match(text, /Activation: \d+ms/);
    console.log(`      ${/Activation: \d+ms/.exec(text)?.[0] ?? ''}`);
    await workbench.screenshot('running-extensions');
    await page.keyboard.press('Escape');
  });

  it('shows no notification, so nothing has failed', async () => {
    assert.deepEqual(await workbench.notifications(), []);
  });
});
