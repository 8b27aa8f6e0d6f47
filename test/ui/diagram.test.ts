import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { eventually } from '../vscode/eventually';
import { root } from '../vscode/paths';
import { openWorkbench, type Workbench } from '../vscode/workbench';

const node = (workbench: Workbench, name: string): Locator =>
  workbench.webview().locator(`svg.canvas .node`, { hasText: name }).first();

/** The little of an element that is asked for; the types of a browser are not loaded here. */
interface StyledElement {
  readonly style: { readonly transform: string };
}

/** Where the drawing stands and how large it is, as the page has set it. */
const transform = (workbench: Workbench): Promise<string> =>
  workbench
    .webview()
    .locator('svg.canvas > g')
    .evaluate(drawing => (drawing as unknown as StyledElement).style.transform);

describe('the diagram', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench({
      workspace: path.join(root, 'examples', 'radiology'),
      file: 'train.py',
    });
  });

  after(async () => {
    await workbench.close();
  });

  it('opens from the overview, beside the code', async () => {
    const { page } = workbench;
    await page.locator('.activitybar .action-item a[aria-label="Strategy Advisor"]').click();
    await page
      .locator('.pane-body .monaco-list-row', { hasText: /^Targets/ })
      .first()
      .waitFor();
    await page.locator('.sidebar a[aria-label^="Show Diagram"]').first().click();
    await node(workbench, 'pneumonia').waitFor({ timeout: 30_000 });
    await workbench.webview().locator('.edge.transfer').first().waitFor();
    await page.locator('.tab', { hasText: 'Diagram of workspace' }).waitFor();
    await workbench.screenshot('diagram-dark');
  });

  it('is zoomed by mouse and keyboard, and fits again', async () => {
    const { page } = workbench;
    const fitted = await transform(workbench);
    const box = await workbench.webview().locator('svg.canvas').boundingBox();
    assert.ok(box);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.wheel(0, -200);
    const changed = (from: string): Promise<string> =>
      eventually('the drawing to move', async () => {
        const now = await transform(workbench);
        return now !== from && now;
      });
    const zoomed = await changed(fitted);
    await node(workbench, 'pneumonia').focus();
    await page.keyboard.press('+');
    const further = await changed(zoomed);
    await page.keyboard.press('Shift+ArrowLeft');
    await changed(further);
    await page.keyboard.press('0');
    await eventually('all of it to be shown', async () => (await transform(workbench)) === fitted);
  });

  it('goes from node to node by keyboard, and to the annotation of one', async () => {
    const { page } = workbench;
    await node(workbench, 'pneumonia').click();
    await page.locator('.statusbar-item', { hasText: /Ln \d+, Col \d+ \(\d+ selected\)/ }).waitFor();
    const focused = workbench.webview().locator('svg.canvas .node:focus');
    assert.match((await focused.getAttribute('aria-label')) ?? '', /^target pneumonia/);
    await page.keyboard.press('ArrowLeft');
    const name = (await focused.getAttribute('aria-label')) ?? '';
    assert.doesNotMatch(name, /^target pneumonia/);
    await page.keyboard.press('Enter');
    await page.locator('.editor-instance .monaco-editor.focused').waitFor();
  });

  it('is a list too, that leads to the same places', async () => {
    const list = workbench.webview().locator('ul.nodes');
    await list.locator('button', { hasText: 'pneumonia' }).first().waitFor();
    const texts = await list.locator('li li').allInnerTexts();
    assert.ok(
      texts.some(text => text.includes('pneumonia: transfer learning from')),
      texts.join('\n'),
    );
    await workbench.webview().locator('button', { hasText: 'List' }).click();
    await workbench.screenshot('diagram-list');
  });

  it('follows what is typed', async () => {
    const { page } = workbench;
    await page.locator('.editor-instance .view-line', { hasText: 'import torch' }).first().click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\n# @dataset typed-now task=pneumonia num_examples=7k');
    const label = (): Promise<string | null> => node(workbench, 'typed-now').getAttribute('aria-label');
    // It is drawn while its size is still being typed, too.
    await eventually('the size', async () => /7,000 examples/.test((await label()) ?? ''));
  });

  it('is saved as SVG', async () => {
    const { page, folder } = workbench;
    await workbench.webview().locator('button[aria-label="Save as SVG"]').click();
    const input = page.locator('.quick-input-widget input').first();
    await input.waitFor();
    const file = path.join(folder, 'saved.svg');
    // The dialog proposes a name once it has looked at the folder, over what stands there, and takes no answer before.
    await eventually('the proposed name', async () => (await input.inputValue()).endsWith('.svg'));
    const svg = await eventually('the file', async () => {
      if (existsSync(file)) return readFileSync(file, 'utf8');
      if (!(await input.isVisible())) return false;
      // It may close at any moment.
      const limit = { timeout: 1000 };
      const said = await input.inputValue(limit).catch(() => undefined);
      await (said === file ? input.press('Enter', limit) : input.fill(file, limit)).catch(() => undefined);
      return false;
    });
    assert.match(svg, /^<svg[^]*pneumonia[^]*typed-now[^]*<\/svg>$/);
    assert.doesNotMatch(svg, /transform|var\(--/);
  });

  for (const theme of ['light', 'high-contrast'] as const)
    it(`is drawn in a ${theme} theme`, async () => {
      await workbench.setTheme(theme);
      await workbench.matchesBaseline(`diagram-${theme}`, workbench.webview().locator('svg.canvas'));
    });

  it('is there again when the window is loaded anew', async () => {
    const { page } = workbench;
    // A file that the window was told to open would take the place of what it had open.
    workbench.setSettings({ 'window.restoreWindows': 'preserve' });
    await page.waitForTimeout(1000);
    await page.reload();
    await node(workbench, 'pneumonia').waitFor({ timeout: 60_000 });
    assert.equal(await node(workbench, 'object-recognition').getAttribute('aria-pressed'), 'true');
  });
});

describe('the diagram in Korean, of a pipeline', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench({
      workspace: path.join(root, 'examples', 'speech-phonemes', '3000h'),
      file: 'speech_3000h.py',
      language: 'ko',
    });
  });

  after(async () => {
    await workbench.close();
  });

  it('has its stages, and its texts in Korean', async () => {
    await workbench.command('Strategy Advisor: 다이어그램 보기');
    await workbench.webview().locator('.node.stage').first().waitFor({ timeout: 30_000 });
    await workbench.webview().locator('h2', { hasText: '목록으로 보기' }).waitFor();
    await workbench.screenshot('diagram-ko');
  });
});
