import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { removeFolder, temporaryFolder } from '../../scripts/lib/guard.mjs';
import { eventually } from '../vscode/eventually';
import { trustFolder } from '../vscode/gestures';
import { openWorkbench, type Workbench } from '../vscode/workbench';

const LINK = '[open](command:workbench.action.toggleZenMode)';

describe('a hostile repository, with workspace trust on', function () {
  this.timeout(240_000);
  let made: string;
  let workbench: Workbench;

  before(async () => {
    made = temporaryFolder('strategy-advisor-hostile-');
    const marker = path.join(made, 'ran');
    writeFileSync(
      path.join(made, 'hostile.py'),
      `# @dataset odds task=odd input=tabular:10 num_examples=10 path="s3x://b/${LINK} $(flame).csv"\n` +
        '# @dataset evens task=odd input=tabular:2 num_examples=10 label=odd:y path=evens.csv\n' +
        `# @task odd target output=class:2 train="touch ${marker}"\n`,
    );
    writeFileSync(path.join(made, 'evens.csv'), 'a,b,y\n1,2,1\n3,4,0\n5,6,1\n');
    mkdirSync(path.join(made, '.vscode'));
    writeFileSync(
      path.join(made, '.vscode', 'settings.json'),
      JSON.stringify({ 'strategyAdvisor.codeLens.enabled': LINK }),
    );
    workbench = await openWorkbench({ workspace: made, file: 'hostile.py', asksForTrust: true });
  });

  after(async () => {
    await workbench.close();
    await removeFolder(made);
  });

  const ran = (): boolean => existsSync(path.join(made, 'ran'));
  const runs = (): boolean => existsSync(path.join(workbench.folder, '.strategy-advisor'));
  const row = (name: string): Locator =>
    workbench.page.getByRole('treeitem', { name: new RegExp(`^${name}: `) });
  /** The messages that are open, one of which reads so; with the links in them. */
  const messagesWith = (text: RegExp): Promise<readonly string[]> =>
    eventually('the message', async () => {
      await workbench.command('Notifications: Show Notifications');
      const center = workbench.page.locator('.notifications-center.visible');
      await center.waitFor();
      const texts = await center.locator('.notification-list-item-message').allInnerTexts();
      assert.equal(await center.locator('.notification-list-item-message a').count(), 0, texts.join('\n'));
      await workbench.page.keyboard.press('Escape');
      return texts.some(each => text.test(each)) && texts;
    });

  it('opens in Restricted Mode, where advice is given and a text of it is no link', async () => {
    const { page } = workbench;
    await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
    await messagesWith(
      /codeLens\.enabled is "\[open\] \(command:workbench\.action\.toggleZenMode\)", but must be true or false/,
    );
    await page.locator('.codelens-decoration', { hasText: 'single-task' }).first().waitFor();
  });

  it('runs nothing there, and counts no data', async () => {
    for (const command of ['Run Pilot', 'Train']) await workbench.command(`Strategy Advisor: ${command}`);
    await messagesWith(/requires a trusted workspace/);
    assert.equal(ran(), false);
    assert.equal(runs(), false);
    await workbench.command('Strategy Advisor: Focus on Overview View');
    await row('evens').waitFor();
    assert.doesNotMatch(await row('evens').innerText(), /counted/);
  });

  it('says so of what it names when it is trusted, and asks before a program runs', async () => {
    const { page } = workbench;
    await trustFolder(page);
    await workbench.command('Strategy Advisor: Focus on Overview View');
    await row('evens').filter({ hasText: '3 examples counted' }).waitFor();
    await row('odds').hover();
    await row('odds').getByRole('button', { name: 'Open Data' }).click();
    await messagesWith(
      /The data of odds is at s3x:\/\/b\/\[open\] \(command:.*\) \$ \(flame\)\.csv, which VS Code cannot open/,
    );
    await workbench.command('Strategy Advisor: Run Pilot', true);
    const question: Locator = page.locator('.monaco-dialog-box', { hasText: 'touch' });
    await question.waitFor();
    assert.equal(ran(), false);
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    assert.equal(ran(), false);
  });
});
