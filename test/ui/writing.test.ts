import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { eventually } from '../vscode/eventually';
import { root } from '../vscode/paths';
import { openWorkbench, type Workbench } from '../vscode/workbench';

/** Annotations written by keyboard, as a user does it, in one window. */
describe('writing annotations', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench({
      workspace: path.join(root, 'examples', 'radiology'),
      file: 'train.py',
    });
    writeFileSync(path.join(workbench.folder, 'more.py'), '\n');
    const editor = await workbench.open('more.py');
    await editor.locator('.view-lines').click();
    await workbench.page.keyboard.press('Control+Home');
  });

  after(async () => {
    await workbench.close();
  });

  const suggestion = (text: string): Locator =>
    workbench.page.locator('.suggest-widget .monaco-list-row', { hasText: text }).first();
  const line = (text: string | RegExp): Locator =>
    workbench.page.locator('.editor-instance .view-line', { hasText: text }).first();
  /** The line that the cursor is in, as its file has it. */
  const saved = async (file: string, expected: RegExp): Promise<string> => {
    await workbench.command('File: Save All');
    return eventually(`${file} to say ${String(expected)}`, () => {
      const text = readFileSync(path.join(workbench.folder, file), 'utf8');
      return expected.test(text) && text;
    });
  };

  it('completes directives, keys and names, each with what it means', async () => {
    const { page } = workbench;
    await page.keyboard.type('# @dat', { delay: 20 });
    await suggestion('@dataset').waitFor();
    await page.keyboard.type('aset films task=', { delay: 20 });
    await suggestion('pneumonia').waitFor();
    // Words that happen to stand in other files are no names of tasks.
    assert.equal(await suggestion('__main__').count(), 0);
    await workbench.screenshot('completion-names');
    await page.keyboard.type('pneu', { delay: 20 });
    await suggestion('pneumonia').waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type(' num_e', { delay: 20 });
    await suggestion('num_examples').waitFor();
    const details = page.locator('.suggest-details');
    if (!(await details.isVisible())) await page.keyboard.press('Control+Space');
    await details.waitFor();
    assert.match(await details.innerText(), /examples/);
    await workbench.screenshot('completion-dark');
    await page.keyboard.press('Enter');
    await page.keyboard.type('7k', { delay: 20 });
    await page.keyboard.press('Escape');
    await saved('more.py', /^# @dataset films task=pneumonia num_examples=7k$/m);
  });

  it('shows what a number means, and which keys there are', async () => {
    const { page } = workbench;
    await line(/7k.*7,000/).waitFor();
    await workbench.command('Trigger Parameter Hints');
    const help = page.locator('.parameter-hints-widget.visible');
    await help.waitFor();
    assert.match(await help.innerText(), /@dataset/);
    await workbench.screenshot('signature-and-hints');
    await page.keyboard.press('Escape');
  });

  it('repairs a slip by keyboard', async () => {
    const { page } = workbench;
    await page.keyboard.type(' labels_presnt=0.5', { delay: 10 });
    await page.keyboard.press('Escape');
    await page.locator('.squiggly-warning, .squiggly-error').first().waitFor();
    await page.keyboard.press('Control+.');
    const fix = page.locator('.action-widget .monaco-list-row', { hasText: 'labels_present' }).first();
    await fix.waitFor();
    await workbench.screenshot('quick-fix');
    await page.keyboard.press('Enter');
    await saved('more.py', / labels_present=0\.5$/m);
  });

  it('renames a task in all files', async () => {
    const { page } = workbench;
    await page.keyboard.press('Control+Home');
    for (let i = 0; i < '# @dataset films task=p'.length; i++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('F2');
    const box = page.locator('.rename-box input');
    await box.waitFor();
    await box.fill('lung-infection');
    await workbench.screenshot('rename');
    await page.keyboard.press('Enter');
    await line('task=lung-infection').waitFor();
    await saved('train.py', /@task lung-infection target/);
    assert.doesNotMatch(readFileSync(path.join(workbench.folder, 'train.py'), 'utf8'), /task=pneumonia/);
  });

  it('shows all places of a name, and the outline', async () => {
    const { page } = workbench;
    await page.keyboard.press('Shift+F12');
    const peek = page.locator('.reference-zone-widget');
    await peek.locator('.monaco-list-row', { hasText: 'train.py' }).first().waitFor();
    await workbench.screenshot('references');
    await page.keyboard.press('Escape');
    await peek.waitFor({ state: 'detached' });
    await workbench.command('Explorer: Focus on Outline View');
    await page.locator('.outline-pane .monaco-list-row', { hasText: 'films' }).first().waitFor();
    await workbench.screenshot('outline');
  });

  it('shows no notification, so nothing has failed', async () => {
    assert.deepEqual(await workbench.notifications(), []);
  });
});

describe('writing annotations in Korean', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench({
      workspace: path.join(root, 'examples', 'radiology'),
      ...{ file: 'train.py', language: 'ko', theme: 'high-contrast' },
    });
  });

  after(async () => {
    await workbench.close();
  });

  it('has the advice, its reasons and what is wrong in Korean', async () => {
    const { page } = workbench;
    await page.locator('.codelens-decoration', { hasText: /전이 학습.*신뢰도/ }).waitFor();
    await workbench.hover('@task pneumonia', '전이 학습');
    await workbench.screenshot('hover-ko');
    writeFileSync(
      path.join(workbench.folder, 'broken.py'),
      '# @dataset films task=pneumonia num_exmples=5k\n',
    );
    await workbench.open('broken.py');
    await page.locator('.squiggly-warning, .squiggly-error').first().waitFor();
    await workbench.hover('num_exmples', /num_examples.*[가-힣]/);
    await workbench.screenshot('diagnostics-ko');
  });

  it('has completion in Korean', async () => {
    const { page } = workbench;
    await page.locator('.editor-instance .view-lines').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('# @dataset scans num', { delay: 20 });
    await page.locator('.suggest-widget .monaco-list-row', { hasText: 'num_examples' }).first().waitFor();
    const details = page.locator('.suggest-details');
    if (!(await details.isVisible())) await page.keyboard.press('Control+Space');
    await details.waitFor();
    assert.match(await details.innerText(), /[가-힣]/);
    await workbench.screenshot('completion-ko');
  });
});
