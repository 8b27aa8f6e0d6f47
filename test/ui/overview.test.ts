import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { root } from '../vscode/paths';
import { eventually } from '../vscode/eventually';
import { openWorkbench, type Workbench } from '../vscode/workbench';

const radiology = path.join(root, 'examples', 'radiology');

const row = (workbench: Workbench, text: string | RegExp): Locator =>
  workbench.page.locator('.pane-body .monaco-list-row', { hasText: text }).first();

describe('the overview', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench({
      workspace: path.join(root, 'examples', 'numbers'),
      file: 'numbers.py',
    });
  });

  after(async () => {
    await workbench.close();
  });

  it('opens from the activity bar, with targets, advice, and datasets with their counted sizes', async () => {
    const { page } = workbench;
    await page.locator('.activitybar .action-item a[aria-label="Strategy Advisor"]').click();
    await row(workbench, /^Targets/).waitFor();
    await row(workbench, /prime.*multitask learning/).waitFor();
    await row(workbench, /numbers.*1,024 examples stated · 1,024 examples counted/).waitFor();
    await workbench.screenshot('overview-dark');
  });

  it('says the advice on the file in the status bar', async () => {
    const item = workbench.page.locator('.statusbar-item', { hasText: 'prime: multitask learning' });
    await item.waitFor();
  });

  it('opens the reasons by keyboard, and from a line its annotation', async () => {
    const { page } = workbench;
    const reasons = row(workbench, /low-level features/);
    // The tree may be drawn anew, and the key be lost, when the data has been counted.
    await eventually('the reasons', async () => {
      if (await reasons.isVisible()) return true;
      await row(workbench, /^prime/).click();
      await page.keyboard.press('ArrowRight');
      await page.waitForTimeout(1000);
      return false;
    });
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page
      .locator('.statusbar-item', { hasText: '(1' })
      .or(page.locator('.statusbar-item', { hasText: /Ln 1[0-3]/ }))
      .first()
      .waitFor();
  });

  it('offers what can be done with a target in its line', async () => {
    const target = row(workbench, /^prime/);
    await target.hover();
    for (const name of ['Show Advice', 'Run Pilot', 'Train'])
      await target.locator(`.actions a[aria-label^="${name}"]`).waitFor();
    await target.locator('.actions a[aria-label^="Show Advice"]').click();
    await workbench.page.locator('.tab', { hasText: 'Preview prime.md' }).waitFor();
  });

  it('finds a size that is stale, and updates it', async () => {
    const { page } = workbench;
    await workbench.open('numbers.py');
    await page.keyboard.press('Control+H');
    await page.keyboard.type('train:820');
    await page.keyboard.press('Tab');
    await page.keyboard.type('train:400');
    await page.keyboard.press('Control+Alt+Enter');
    await page.keyboard.press('Escape');
    const stale = row(workbench, /numbers.*604 examples stated/);
    await stale.waitFor();
    const updated = row(workbench, /numbers.*1,024 examples stated/);
    // A tree that is drawn anew takes what is below the mouse away.
    await eventually('the update', async () => {
      if (await updated.isVisible()) return true;
      await stale.hover({ timeout: 2000 }).catch(() => undefined);
      const update = stale.locator('.actions a[aria-label^="Update Stated Size"]');
      await update.click({ timeout: 2000 }).catch(() => undefined);
      return updated.isVisible();
    });
    await page.locator('.view-line', { hasText: 'train:820' }).first().waitFor();
  });

  for (const theme of ['light', 'high-contrast'] as const)
    it(`is drawn in a ${theme} theme`, async () => {
      await workbench.setTheme(theme);
      await workbench.matchesBaseline(`overview-${theme}`, workbench.page.locator('.part.sidebar'));
    });

  it('goes where it is switched off', async () => {
    workbench.setSettings({ 'strategyAdvisor.overview.enabled': false });
    await row(workbench, /^Targets/).waitFor({ state: 'detached' });
  });
});

describe('the overview in Korean, where nothing is annotated yet', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench({ workspace: radiology, language: 'ko' });
    rmSync(path.join(workbench.folder, 'train.py'));
  });

  after(async () => {
    await workbench.close();
  });

  it('welcomes, and leads to an example that has everything', async () => {
    const { page } = workbench;
    await page.locator('.activitybar .action-item a[aria-label="Strategy Advisor"]').click();
    const create = page.locator('.welcome-view-content a', { hasText: '예제 만들기' });
    await create.waitFor();
    await workbench.screenshot('overview-welcome-ko');
    await create.click();
    await row(workbench, /prime.*멀티태스크 학습/).waitFor();
    await row(workbench, /numbers.*명시 .* 센 값/).waitFor();
    await workbench.screenshot('overview-ko');
    assert.deepEqual(await workbench.page.locator('.notification-toast').count(), 0);
  });

  it('has a walkthrough with pictures', async () => {
    await workbench.command('Strategy Advisor: 연습 열기');
    await workbench.page.locator('.getting-started-step', { hasText: '데이터에 어노테이션 달기' }).waitFor();
    await workbench.screenshot('walkthrough-ko');
  });
});
