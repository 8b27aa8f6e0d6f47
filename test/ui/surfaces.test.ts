import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../vscode/paths';
import { openWorkbench, type Theme, type Workbench } from '../vscode/workbench';

const radiology = path.join(root, 'examples', 'radiology');
const themes: readonly Theme[] = ['dark', 'light', 'high-contrast'];

describe('the advice', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench({ workspace: radiology, file: 'train.py' });
  });

  after(async () => {
    await workbench.close();
  });

  for (const theme of themes)
    describe(`in a ${theme} theme`, () => {
      before(async () => {
        await workbench.setTheme(theme);
        await workbench.open('train.py');
      });

      it('stands above the target as a lens', async () => {
        const { page } = workbench;
        const title = 'transfer learning from object-recognition · high confidence';
        await page.locator('.codelens-decoration', { hasText: title }).waitFor();
        assert.equal(await page.locator('.codelens-decoration').count(), 1);
        await workbench.screenshot(`lens-${theme}`);
      });

      it('shows on pointing at the task, with conditions and what to do next', async () => {
        const hover = await workbench.hover('@task pneumonia', 'The advice changes at');
        const text = await hover.innerText();
        for (const expected of [
          /met · .*same kind of input/,
          /unmet · multitask learning/,
          /Show all advice on pneumonia/,
        ])
          assert.match(text, expected);
        await workbench.screenshot(`hover-${theme}`);
      });

      it('shows on pointing at a dataset which targets it serves', async () => {
        const hover = await workbench.hover('@dataset imagenet', 'source for transfer learning');
        assert.match(await hover.innerText(), /1\.28M examples/);
        await workbench.screenshot(`hover-dataset-${theme}`);
      });

      it('is followed by diagnostics where an annotation is broken, and only there', async () => {
        const { page } = workbench;
        writeFileSync(
          path.join(workbench.folder, 'broken.py'),
          '# @dataset films task=pneumonia input=image:224x224x3 num_exmples=5k\n' +
            '# @dataset scans task=pneumonia input=picture num_examples=many\n',
        );
        await workbench.open('broken.py');
        await page.locator('.squiggly-warning, .squiggly-error').nth(2).waitFor();
        const hover = await workbench.hover('num_exmples', 'Did you mean "num_examples"?');
        assert.match(await hover.innerText(), /Strategy Advisor\(unknown-key\)/);
        await workbench.command('View: Toggle Problems');
        await page.locator('.markers-panel .monaco-list-row', { hasText: 'num_exmples' }).waitFor();
        await workbench.screenshot(`diagnostics-${theme}`);
        await workbench.command('View: Toggle Problems');
      });
    });

  // Nested, as mocha runs the tests of a suite before the suites in it.
  describe('altogether', () => {
    it('shows no notification, so nothing has failed', async () => {
      assert.deepEqual(await workbench.notifications(), []);
    });
  });
});
