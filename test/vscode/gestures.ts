import path from 'node:path';
import type { Locator, Page } from 'playwright-core';

/** The editor that shows a file, once it is the active one. */
export function editor(page: Page, file: string): Locator {
  const tab = page.locator(`.tab.active[data-resource-name="${path.basename(file)}"]`);
  return page.locator('.editor-group-container', { has: tab }).locator('.editor-container').first();
}

/** Opens a file of the workspace as a user does, by typing its name. */
export async function openFileByName(page: Page, file: string): Promise<Locator> {
  await page.keyboard.press('Control+P');
  await pick(page, file, path.basename(file));
  const opened = editor(page, file);
  await opened.waitFor({ timeout: 30_000 });
  return opened;
}

/** Runs a command from the command palette. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1');
  await pick(page, title, title);
}

async function pick(page: Page, typed: string, row: string): Promise<void> {
  await page.locator('.quick-input-widget input').first().waitFor();
  await page.keyboard.type(typed);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: row }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

const HOVER_ATTEMPTS = 6;

/** Moves the mouse onto a text of the active editor until its hover shows; a real one needs a mouse that moves. */
export async function hoverOver(page: Page, text: string, expected: string | RegExp): Promise<Locator> {
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

// Runs in the window: colours cut a line into several elements, and its spaces are no-break ones.
const BOX_IN_LINE = `(line, wanted) => {
  const start = line.textContent.replaceAll('\\u00a0', ' ').indexOf(wanted);
  const range = document.createRange();
  const nodes = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  for (let offset = 0, node = nodes.nextNode(); node; offset += node.length, node = nodes.nextNode()) {
    const within = at => at >= offset && at <= offset + node.length;
    if (within(start) && start < offset + node.length) range.setStart(node, start - offset);
    if (within(start + wanted.length)) { range.setEnd(node, start + wanted.length - offset); break; }
  }
  const { x, y, width, height } = range.getBoundingClientRect();
  return { x, y, width, height };
}`;

/** Where a text stands on the screen. */
async function boxOf(page: Page, text: string): Promise<Box> {
  const line = page.locator('.editor-instance .view-line', { hasText: text }).first();
  await line.waitFor();
  return line.evaluate<Box, string>(BOX_IN_LINE, text);
}
