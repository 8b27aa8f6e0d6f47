import assert from 'node:assert/strict';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { root } from '../vscode/paths';
import { openWorkbench, type Theme, type Workbench } from '../vscode/workbench';

const numbers = path.join(root, 'examples', 'numbers');

describe('a pilot by keyboard and mouse', function () {
  this.timeout(300_000);
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench({
      workspace: numbers,
      file: 'numbers.py',
      settings: {
        'editor.minimap.enabled': false,
        'window.commandCenter': false,
        'workbench.activityBar.location': 'hidden',
        'workbench.layoutControl.enabled': false,
      },
    });
  });

  after(async () => {
    await workbench.close();
  });

  it('starts from the palette, is watched, cancelled, resumed and finished', async () => {
    const { page } = workbench;
    const message = (text: RegExp): Locator =>
      page.locator('.notifications-center.visible .notification-list-item', { hasText: text });
    await page.locator('.codelens-decoration', { hasText: 'multitask' }).first().waitFor();
    await workbench.command('View: Toggle Primary Side Bar Visibility');
    await page.locator('.monaco-editor .view-line', { hasText: '@task prime' }).click();
    await workbench.command('Strategy Advisor: Run Pilot');
    // Its charts open beside the code, which keeps the focus.
    const live = workbench.webview();
    await live.locator('h1', { hasText: 'Pilot of prime' }).waitFor();
    await page.locator('.editor-instance .monaco-editor.focused').waitFor();
    await workbench.command('Notifications: Show Notifications');
    const running = message(/Pilot of prime.*\b([3-9]|\d\d) of \d+ trials/);
    await running.waitFor();
    await workbench.screenshot('pilot-running');
    await running.hover();
    await running.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.locator('.notifications-center.visible').waitFor({ state: 'hidden' });
    await workbench.command('Notifications: Show Notifications');
    const stopped = message(/Stopped\. Resume the run to continue/);
    await stopped.waitFor();
    await stopped.getByRole('button', { name: 'Resume' }).click();
    await live.locator('p.status', { hasText: /running · \d+ of \d+ trials/ }).waitFor();
    await live.locator('#curves-loss .plot canvas').waitFor();
    const finished = async (): Promise<number> =>
      Number(/(\d+) of/.exec(await live.locator('p.status').innerText())?.[1]);
    const before = await finished();
    await live.locator('#curves-loss .plot').hover({ position: { x: 150, y: 80 } });
    await live
      .locator('#curves-loss .reading', { hasText: /(single-task|multitask).* · epoch [\d.]+ · [\d.]+/ })
      .waitFor();
    await live.locator('p.status', { hasText: new RegExp(`running · (?!${before} )\\d+ of`) }).waitFor();
    // test-results/picture-charts.png is copied to media/charts.png by hand when it changes.
    await workbench.screenshot('picture-charts');
    await live.locator('.controls select').first().selectOption('trial');
    await live.getByRole('button', { name: 'multitask-joint' }).click();
    await workbench.screenshot('run-live');
    // Moved to the group of the code and back, it is as it was.
    await page.locator('.tab', { hasText: 'Pilot of prime' }).click();
    for (const to of ['First', 'Next']) {
      await workbench.command(`View: Move Editor into ${to} Group`);
      await live.locator('#curves-loss .plot canvas').waitFor();
      assert.equal(await live.locator('.controls select').first().inputValue(), 'trial');
      const toggle = live.getByRole('button', { name: 'multitask-joint' });
      assert.equal(await toggle.getAttribute('aria-pressed'), 'false');
    }
    // Hidden by another editor, shown again: the host sends all there is, the page has kept how it was looked at.
    await page.locator('.tab', { hasText: 'Pilot of prime' }).click();
    await workbench.command('Strategy Advisor: Show Runs');
    const list = workbench.webview();
    await list.locator('table.runs tbody tr', { hasText: 'prime' }).waitFor();
    await page.locator('.tab', { hasText: 'Pilot of prime' }).click();
    await live.locator('#curves-loss .plot canvas').waitFor();
    assert.equal(await live.locator('.controls select').first().inputValue(), 'trial');
    assert.ok((await finished()) > before);
    await workbench.command('Notifications: Show Notifications');
    const verdict = message(/prime: .*(This agrees with the rules|The rules recommend)/);
    await verdict.waitFor({ timeout: 120_000 });
    await workbench.screenshot('pilot-verdict');
    await verdict.getByRole('button', { name: 'Open Run' }).click();
    const inside = workbench.webview();
    await inside.locator('h1', { hasText: 'Pilot of prime' }).waitFor();
    await inside.locator('p.status', { hasText: /finished · (\d+) of \1 trials/ }).waitFor();
    // Each chart is a drawing or a canvas with a name, and each has its values as a table.
    const figures = await inside.locator('figure:not([hidden])').count();
    assert.ok(figures >= 5, `${figures} charts`);
    assert.equal(
      await inside.locator('figure:not([hidden]) :is(svg[role=img], .plot[aria-label])').count(),
      figures,
    );
    await inside.locator('#curves-loss summary').click();
    await inside
      .locator('#curves-loss tbody tr', { hasText: /single-task · .* examples · seed 1/ })
      .waitFor();
    await inside.locator('figure#sizes summary').click();
    assert.match(await inside.locator('figure#sizes table').innerText(), /single-task\s+\d+\.\d %/);
  });

  const themes: readonly Theme[] = ['dark', 'light', 'high-contrast'];
  for (const theme of themes)
    it(`shows its charts in the colours of a ${theme} theme`, async () => {
      const { page } = workbench;
      await workbench.setTheme(theme);
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

  it('leaves the advice of the rules above the target where it was undecided', async () => {
    const { page } = workbench;
    await page
      .locator('.codelens-decoration', { hasText: /multitask learning with .* confidence/ })
      .first()
      .waitFor();
  });

  it('is brought back, and as it was looked at, when the window is loaded anew', async () => {
    const { page } = workbench;
    // A file that the window was told to open would take the place of what it had open.
    workbench.setSettings({ 'window.restoreWindows': 'preserve' });
    await page.waitForTimeout(1000);
    await page.reload();
    const inside = workbench.webview();
    await inside.locator('p.status', { hasText: /finished · / }).waitFor({ timeout: 60_000 });
    assert.equal(await inside.locator('.controls select').first().inputValue(), 'trial');
    assert.equal(
      await inside.getByRole('button', { name: 'multitask-joint' }).getAttribute('aria-pressed'),
      'false',
    );
  });

  it('names, deletes and brings back a run in the list of runs', async () => {
    await workbench.command('View: Close All Editors');
    await workbench.command('Strategy Advisor: Show Runs');
    const list = workbench.webview();
    const row = list.locator('table.runs tbody tr');
    await row
      .first()
      .getByRole('button', { name: /^Rename/ })
      .click();
    await list.getByRole('textbox', { name: 'Run name' }).fill('<script>first</script>');
    await list.getByRole('textbox', { name: 'Run name' }).press('Enter');
    await row.getByRole('button', { name: '<script>first</script>', exact: true }).waitFor();
    await workbench.screenshot('runs-list');
    await row
      .first()
      .getByRole('button', { name: /^Delete/ })
      .click();
    await list.getByText('No runs yet. Run a pilot first.').waitFor();
    await list.getByRole('button', { name: 'Undo' }).click();
    await row.getByRole('button', { name: '<script>first</script>', exact: true }).waitFor();
  });
});
