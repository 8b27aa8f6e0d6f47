import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { onlyRun, processesWith, results } from '../runs/cli';
import { createProject, removeProjects } from '../runs/project';
import { eventually } from '../vscode/eventually';
import { runCommand, trustFolder } from '../vscode/gestures';
import { openWorkbench, type Workbench } from '../vscode/workbench';

const skipped = process.platform === 'linux' ? '' : ' (skipped: processes are looked up in /proc)';

describe(`a pilot whose window is reloaded and closed, with workspace trust on${skipped}`, function () {
  this.timeout(300_000);
  let workbench: Workbench;
  let marker: string;

  before(async function () {
    if (skipped !== '') return this.skip();
    // So long that the pilot goes on until the next window is there.
    process.env['PROGRAM_MS'] = '1200';
    const project = createProject();
    ({ marker } = project);
    workbench = await openWorkbench({ workspace: project.root, file: 'train.py', asksForTrust: true });
  });

  after(async () => {
    delete process.env['PROGRAM_MS'];
    await workbench.close();
    removeProjects();
  });

  const run = (): string => onlyRun({ root: workbench.folder, marker }) ?? '';
  const state = (): { state: string; pid?: number } =>
    JSON.parse(readFileSync(path.join(run(), 'state.json'), 'utf8')) as { state: string; pid?: number };
  const reaches = (count: number): Promise<unknown> =>
    eventually(`${count} results`, () => run() !== '' && results(run()).size >= count, 90_000);
  const shown = async (page: Page, text: RegExp): Promise<Locator> => {
    await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    await page.locator('.codelens-decoration').first().waitFor({ timeout: 60_000 });
    const message = page.locator('.notifications-center.visible .notification-list-item', { hasText: text });
    const ask = async (): Promise<boolean> => {
      await runCommand(page, 'Notifications: Show Notifications');
      return message
        .first()
        .waitFor({ timeout: 5000 })
        .then(
          () => true,
          () => false,
        );
    };
    await eventually('the message', ask, 120_000);
    return message.first();
  };

  it('asks first, goes on without it, and is shown and finished in the next', async () => {
    let { page } = workbench;
    await trustFolder(page);
    await workbench.command('Strategy Advisor: Run Pilot');
    await page.locator('.monaco-dialog-box').getByRole('button', { name: 'Run', exact: true }).click();
    await reaches(2);
    const { pid } = state();
    await page.reload();
    await shown(page, /Pilot of hard.*\d+ of \d+ trials/s);
    assert.equal(state().pid, pid, 'it is executed by the process of before');
    const [context, url, before] = [page.context(), page.url(), results(run()).size];
    await page.close();
    await reaches(before + 3);
    page = await context.newPage();
    await page.goto(url);
    await shown(page, /Pilot of hard.*\d+ of \d+ trials/s);
    assert.equal(state().pid, pid);
    await eventually('the end', () => state().state === 'finished', 180_000);
    await shown(page, /hard: (?!\d+ of)/);
    assert.deepEqual(processesWith(marker), []);
    assert.equal(processesWith('runner.mjs').includes(pid ?? 0), false);
  });
});
