import path from 'node:path';
import { assertMatchesBaseline } from '../vscode/baseline';
import { root } from '../vscode/paths';
import { openWorkbench, type Workbench } from '../vscode/workbench';

// The picture in the README is test-results/picture.png, copied to media/screenshot.png by hand when it changes.
describe('the picture in the README', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench({
      workspace: path.join(root, 'examples', 'radiology'),
      file: 'train.py',
      size: { width: 1280, height: 720 },
      settings: {
        'breadcrumbs.enabled': false,
        'editor.hover.above': false,
        'editor.lineNumbersMinChars': 3,
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

  it('shows lens and hover on annotations as people write them', async () => {
    const { page } = workbench;
    await workbench.command('View: Toggle Primary Side Bar Visibility');
    await page.locator('.codelens-decoration', { hasText: 'from object-recognition' }).waitFor();
    for (let i = 0; i < 13; i++) await page.keyboard.press('Control+ArrowDown');
    await workbench.hover('@task pneumonia', 'The advice changes at');
    await workbench.screenshot('picture');
    // The mouse stays where it is: the hover would go with it.
    await assertMatchesBaseline('picture', page.locator('.part.editor'));
  });
});
