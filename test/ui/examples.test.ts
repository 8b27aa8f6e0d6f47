import assert from 'node:assert/strict';
import path from 'node:path';
import { root } from '../vscode/paths';
import { openWorkbench, type Workbench } from '../vscode/workbench';

describe('the examples, as npm start opens them', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench({
      workspace: path.join(root, 'examples'),
      workspaceFile: 'examples.code-workspace',
      file: 'radiology/train.py',
      size: { width: 1400, height: 900 },
    });
  });

  after(async () => {
    await workbench.close();
  });

  const lens = async (text: string | RegExp): Promise<void> => {
    await workbench.page.locator('.codelens-decoration', { hasText: text }).first().waitFor();
  };

  it('each have advice of their own, in folders of their own', async () => {
    await lens('transfer learning from object-recognition');
    await workbench.open('speech_300h.py');
    await lens('a pipeline of stages');
    await workbench.screenshot('example-speech-300h');
    await workbench.open('speech_100000h.py');
    await lens('end-to-end learning');
    await workbench.screenshot('example-speech-100000h');
  });

  it('show several targets and stages, each with a lens', async () => {
    await workbench.open('train_road.py');
    await lens('multitask learning with');
    await workbench.screenshot('example-road-labels');
    await workbench.open('turnstile.py');
    await lens('image->face: ');
    await workbench.screenshot('example-turnstile');
  });

  it('have a pipeline’s stages in its hover', async () => {
    const hover = await workbench.hover('@pipeline identity', 'Show all advice on identity');
    assert.match(await hover.innerText(), /image->face: .* · low confidence/);
    await workbench.screenshot('hover-pipeline');
  });

  it('show advice in TypeScript and in a notebook', async () => {
    await workbench.open('translate.ts');
    await lens(/end-to-end learning.* · high confidence/);
    await workbench.screenshot('example-translation');
    await workbench.page.keyboard.press('Control+P');
    await workbench.page.keyboard.type('drive.ipynb');
    await workbench.page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'drive.ipynb' })
      .first()
      .waitFor();
    await workbench.page.keyboard.press('Enter');
    const notebook = workbench.page.locator('.notebookOverlay');
    const lensOfNotebook = notebook.locator('.codelens-decoration', {
      hasText: /a pipeline of stages.* · medium confidence/,
    });
    await lensOfNotebook.first().waitFor();
    await workbench.screenshot('example-notebook');
  });

  it('open all advice as a page beside the code, for the target under the cursor', async () => {
    const { page } = workbench;
    await workbench.open('train.py');
    await page.locator('.codelens-decoration a', { hasText: 'from object-recognition' }).click();
    // The notebook has a webview too.
    await page.locator('.tab', { hasText: 'Preview pneumonia.md' }).waitFor();
    const pages = page
      .locator('iframe.webview.ready')
      .last()
      .contentFrame()
      .frameLocator('iframe#active-frame');
    await pages.getByText('Training strategy for pneumonia').waitFor();
    await workbench.screenshot('page');
  });

  it('are offered by name from the command palette', async () => {
    await workbench.command('Strategy Advisor: Show Advice', true);
    await workbench.page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'wake-word' })
      .first()
      .waitFor();
    await workbench.screenshot('picker');
    await workbench.page.keyboard.press('Escape');
  });

  it('show no notification, so nothing has failed', async () => {
    // The VS Code of the tests comes without a TypeScript server, and says so when a TypeScript file is opened.
    const messages = await workbench.notifications();
    assert.deepEqual(
      messages.filter(message => !message.includes('tsserver')),
      [],
    );
  });
});
