import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { eventually } from './eventually';

/** The editor that shows a file, once it is the active one. */
export function editor(page: Page, file: string): Locator {
  const tab = page.locator(`.tab.active[data-resource-name="${path.basename(file)}"]`);
  return page.locator('.editor-group-container', { has: tab }).locator('.editor-container').first();
}

/** Opens a file of the workspace as a user does, by typing its name. */
export async function openFileByName(page: Page, file: string): Promise<Locator> {
  await pick(page, 'Control+P', file, path.basename(file));
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  const opened = editor(page, file);
  await opened.waitFor({ timeout: 30_000 });
  return opened;
}

/** Runs a command from the command palette. Where `asks` is set, the command opens a list of its own. */
export async function runCommand(page: Page, title: string, asks = false): Promise<void> {
  await pick(page, 'F1', title, title);
  await page.keyboard.press('Enter');
  if (!asks) await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

const LIST_ATTEMPTS = 6;

/**
 * Opens a list by its key and types until a row has the focus. The workbench takes the focus back, and closes
 * the list, whenever it has just drawn something else; then the list is opened again, as a user would.
 */
async function pick(page: Page, key: string, typed: string, row: string): Promise<void> {
  const widget = page.locator('.quick-input-widget');
  // Enter takes the row that has the focus, and the list is drawn anew while it is searched.
  const wanted = page.locator('.quick-input-list .monaco-list-row.focused', { hasText: row });
  for (let attempt = 1; ; attempt++) {
    if (await widget.isVisible()) await page.keyboard.press('Escape');
    await widget.waitFor({ state: 'hidden' });
    await page.keyboard.press(key);
    try {
      await widget.locator('input').first().waitFor({ timeout: 5000 });
      await page.keyboard.type(typed);
      await wanted.waitFor({ timeout: 5000 * attempt });
      return;
    } catch (error) {
      if (attempt === LIST_ATTEMPTS) throw error;
    }
  }
}

/** Trusts the folder that is open, as a user does in the editor that manages trust. */
export async function trustFolder(page: Page): Promise<void> {
  const restricted = page.locator('.statusbar-item', { hasText: 'Restricted Mode' });
  await restricted.waitFor();
  await runCommand(page, 'Workspaces: Manage Workspace Trust');
  const trust = page.locator('.workspace-trust-editor');
  await trust.getByRole('button', { name: 'Trust', exact: true }).click();
  await restricted.waitFor({ state: 'detached' });
  await runCommand(page, 'View: Close Modal Editor');
  await trust.waitFor({ state: 'detached' });
}

const HOVER_ATTEMPTS = 6;

/** Moves the mouse onto a text of the active editor until its hover shows; a real one needs a mouse that moves. */
export async function hoverOver(page: Page, text: string, expected: string | RegExp): Promise<Locator> {
  // A hover that still shows would lie over what is pointed at.
  await page.mouse.move(5, 5);
  await page.keyboard.press('Escape');
  const target = await boxOf(page, text);
  const hover = page.locator('.monaco-hover:not(.hidden)', { hasText: expected }).first();
  const x = target.x + target.width / 2;
  const y = target.y + target.height / 2;
  for (let attempt = 0; attempt < HOVER_ATTEMPTS && !(await hover.isVisible()); attempt++) {
    await page.mouse.move(x - 40, y - 60);
    await page.mouse.move(x + attempt, y, { steps: 6 });
    await hover.waitFor({ timeout: 2500 }).catch(() => undefined);
  }
  await hover.waitFor({ timeout: 1000 });
  return hover;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The little of a page that is needed to find a text in a line; the types of a browser are not loaded here. */
interface LineElement {
  readonly textContent: string;
  readonly ownerDocument: {
    readonly createRange: () => {
      readonly setStart: (node: unknown, offset: number) => void;
      readonly setEnd: (node: unknown, offset: number) => void;
      readonly getBoundingClientRect: () => Box;
    };
    readonly createTreeWalker: (
      root: unknown,
      show: number,
    ) => { readonly nextNode: () => { readonly length: number } | null };
  };
}

// Runs in the window: colours cut a line into several elements, and its spaces are no-break ones.
const boxInLine = (line: LineElement, wanted: string): Box => {
  const { ownerDocument: page, textContent } = line;
  const start = textContent.replaceAll('\u00a0', ' ').indexOf(wanted);
  const end = start + wanted.length;
  const range = page.createRange();
  const showText = 4;
  const nodes = page.createTreeWalker(line, showText);
  for (let offset = 0, node = nodes.nextNode(); node; offset += node.length, node = nodes.nextNode()) {
    const after = offset + node.length;
    if (start >= offset && start < after) range.setStart(node, start - offset);
    if (end > offset && end <= after) range.setEnd(node, end - offset);
  }
  const { x, y, width, height } = range.getBoundingClientRect();
  return { x, y, width, height };
};

/** Where a text stands on the screen. */
async function boxOf(page: Page, text: string): Promise<Box> {
  const line = page.locator('.editor-instance .view-line', { hasText: text }).first();
  await line.waitFor();
  return line.evaluate<Box, string, LineElement>(boxInLine, text);
}

/** The messages that are open. They are read from their list: a window under test shows no toasts. */
export async function notifications(page: Page): Promise<string[]> {
  await runCommand(page, 'Notifications: Show Notifications');
  const center = page.locator('.notifications-center.visible');
  await center.waitFor();
  // While the list draws itself a row may stand in it twice.
  const read = (): Promise<string[]> => center.locator('.notification-list-item-message').allInnerTexts();
  let messages = await read();
  await eventually('the list of notifications to rest', async () => {
    await page.waitForTimeout(150);
    const before = messages;
    messages = await read();
    return JSON.stringify(before) === JSON.stringify(messages);
  });
  await page.keyboard.press('Escape');
  await center.waitFor({ state: 'hidden' });
  return messages;
}
