import assert from 'node:assert/strict';
import { eventually } from '../vscode/eventually';
import { openWorkbench, type Workbench } from '../vscode/workbench';

describe('settings', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench({ file: 'digits.py' });
  });

  after(async () => {
    await workbench.close();
  });

  it('with a bad value are named in one warning, and their default counts', async () => {
    const { page } = workbench;
    const lens = page.locator('.codelens-decoration', { hasText: 'transfer learning from digit' });
    await lens.waitFor();
    workbench.setSettings({ 'strategyAdvisor.codeLens.enabled': 'lots' });
    const [warning, ...others] = await eventually('the warning', async () => {
      const messages = await workbench.notifications();
      return messages.length > 0 && messages;
    });
    assert.match(warning ?? '', /strategyAdvisor\.codeLens\.enabled is "lots", but must be true or false/);
    assert.deepEqual(others, []);
    assert.equal(await lens.count(), 1);
  });

  it('take a good value at once', async () => {
    workbench.setSettings({ 'strategyAdvisor.codeLens.enabled': false });
    await workbench.page.locator('.codelens-decoration').first().waitFor({ state: 'detached' });
    workbench.setSettings({});
    await workbench.page.locator('.codelens-decoration').first().waitFor();
  });

  it('switch the lenses off and on', async () => {
    const { page } = workbench;
    const lenses = page.locator('.codelens-decoration');
    const toggle = async (): Promise<void> => {
      await workbench.command('Preferences: Open Settings (UI)');
      await page.keyboard.press('Control+A');
      await page.keyboard.type('strategyAdvisor.codeLens.enabled');
      const setting = page.locator('.settings-editor .setting-item-bool', { hasText: 'as a CodeLens' });
      await setting.locator('.setting-value-checkbox').click();
      await workbench.open('digits.py');
    };
    await toggle();
    await lenses.first().waitFor({ state: 'detached' });
    await toggle();
    await lenses.first().waitFor();
  });

  it('are found under their names, with what they mean', async () => {
    const { page } = workbench;
    await workbench.command('Preferences: Open Settings (UI)');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('strategyAdvisor');
    await page
      .locator('.settings-editor', { hasText: 'Show the advice as a CodeLens above each target' })
      .waitFor();
    await workbench.screenshot('settings');
  });
});
