import assert from 'node:assert/strict';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { root } from '../vscode/paths';
import { openWorkbench, type Theme, type Workbench } from '../vscode/workbench';

const numbers = path.join(root, 'examples', 'numbers');

describe('a pilot by keyboard and mouse', function () {
  this.timeout(180_000);
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench({ workspace: numbers, file: 'numbers.py' });
  });

  after(async () => {
    await workbench.close();
  });

  it('starts from the palette, is watched, cancelled, resumed and finished', async () => {
    const { page } = workbench;
    const message = (text: RegExp): Locator =>
      page.locator('.notifications-center.visible .notification-list-item', { hasText: text });
    await page.locator('.codelens-decoration', { hasText: 'multitask' }).first().waitFor();
    await workbench.command('Strategy Advisor: Run Pilot');
    await workbench.command('Notifications: Show Notifications');
    const running = message(/Pilot of prime.*\b([3-9]|\d\d) of \d+ trials/);
    await running.waitFor();
    await workbench.screenshot('pilot-running');
    await running.hover();
    await running.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.locator('.notifications-center.visible').waitFor({ state: 'hidden' });
    await workbench.command('Notifications: Show Notifications');
    const stopped = message(/It was stopped; resume it to go on/);
    await stopped.waitFor();
    await stopped.getByRole('button', { name: 'Resume' }).click();
    await workbench.command('Notifications: Show Notifications');
    const verdict = message(/prime: .*examples.*The rules (agree|alone)/);
    await verdict.waitFor({ timeout: 120_000 });
    await workbench.screenshot('pilot-verdict');
    await verdict.getByRole('button', { name: 'Open Run' }).click();
    const inside = workbench.webview();
    await inside.locator('h1', { hasText: 'Pilot of prime' }).waitFor();
    assert.equal(
      await inside.locator('figure svg[role=img]').count(),
      await inside.locator('figure').count(),
    );
    await inside.locator('figure#sizes summary').click();
    assert.match(await inside.locator('figure#sizes table').innerText(), /single-task\s+\d+\.\d %/);
  });

  const themes: readonly Theme[] = ['dark', 'light', 'high-contrast'];
  for (const theme of themes)
    it(`shows its charts in the colours of a ${theme} theme`, async () => {
      const { page } = workbench;
      workbench.setSettings({ 'workbench.colorTheme': NAMES[theme] });
      const inside = workbench.webview();
      await inside.locator(`body.vscode-${theme === 'high-contrast' ? 'high-contrast' : theme}`).waitFor();
      const colors = await inside
        .locator('body')
        .evaluate<string, undefined>(
          '`${getComputedStyle(document.body).color} on ${getComputedStyle(document.body).backgroundColor}`',
        );
      const [ink, paper] = colors.split(' on ');
      assert.notEqual(ink, paper);
      await page.keyboard.press('Escape');
      await workbench.screenshot(`pilot-page-${theme}`);
    });

  it('stands above the target as what was measured', async () => {
    const { page } = workbench;
    await page
      .locator('.codelens-decoration', { hasText: /points \[|measured at/ })
      .first()
      .waitFor();
  });
});

const NAMES: Readonly<Record<string, string>> = {
  dark: 'Dark Modern',
  light: 'Light Modern',
  'high-contrast': 'Default High Contrast',
};
