// What a part of a window shows, compared with what is kept in test/ui/baseline; UPDATE_BASELINE=1 writes it anew.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { decode } from 'fast-png';
import type { Locator } from 'playwright-core';
import { array, integer, number, object, parse, pipe, string, type InferOutput } from 'valibot';
import { results, root } from './paths';

const folder = path.join(root, 'test', 'ui', 'baseline');

/** How far a text may be off and how much wider it may be, in pixels: fonts differ a little between machines. */
const LAYOUT_TOLERANCE = 8;
/** The same as a share of its place or size. */
const LAYOUT_SHARE = 0.1;
/** By how much of 255 a colour may be off, which covers how edges of letters are drawn. */
const COLOUR_TOLERANCE = 48;
/** The share of pixels that may be off by more. */
const PIXEL_SHARE = 0.005;

const pixel = pipe(number(), integer());
const textSchema = object({ text: string(), x: pixel, y: pixel, width: pixel, height: pixel });
const baselineSchema = object({ browser: string(), texts: array(textSchema) });

type PlacedText = InferOutput<typeof textSchema>;

/** Baselines whose pixels were not compared, with the reason. */
const uncompared: string[] = [];

/** The baselines whose pixels this process did not compare, each with the reason, as a report says it. */
export function uncomparedPixels(): readonly string[] {
  return uncompared;
}

/**
 * Every text in a part of a window has to be where it is in the baseline, within a tolerance, and no other text may be
 * there. Pixels are compared where the browser is the one that the baseline was recorded with.
 * @throws AssertionError with the first texts that differ, or with the share of pixels that do
 */
export async function assertMatchesBaseline(name: string, region: Locator): Promise<void> {
  const texts = parse(array(textSchema), await region.evaluate(collectTexts));
  assert.ok(texts.length > 0, `${name} shows no text at all`);
  const image = await region.screenshot();
  const browser = region.page().context().browser()?.version() ?? 'unknown';
  const [json, png] = [path.join(folder, `${name}.json`), path.join(folder, `${name}.png`)];
  if (process.env['UPDATE_BASELINE'] !== undefined) {
    mkdirSync(folder, { recursive: true });
    const lines = texts.map(each => `    ${JSON.stringify(each)}`).join(',\n');
    writeFileSync(json, `{\n  "browser": ${JSON.stringify(browser)},\n  "texts": [\n${lines}\n  ]\n}\n`);
    writeFileSync(png, image);
    return;
  }
  assert.ok(existsSync(json), `${name} has no baseline: record it with UPDATE_BASELINE=1`);
  const baseline = parse(baselineSchema, JSON.parse(readFileSync(json, 'utf8')));
  const differences = differingTexts(baseline.texts, texts);
  if (differences.length > 0) keepImage(name, image);
  assert.deepEqual(differences.slice(0, 10), [], `${name} is not laid out as its baseline`);
  if (baseline.browser !== browser) {
    uncompared.push(`${name} (recorded with Chromium ${baseline.browser}, this is ${browser})`);
    return;
  }
  const share = differingPixels(readFileSync(png), image);
  if (share > PIXEL_SHARE) keepImage(name, image);
  assert.ok(share <= PIXEL_SHARE, `${(share * 100).toFixed(2)} % of the pixels of ${name} differ`);
}

function keepImage(name: string, image: Buffer): void {
  mkdirSync(results, { recursive: true });
  writeFileSync(path.join(results, `differs-${name}.png`), image);
}

function differingTexts(expected: readonly PlacedText[], actual: readonly PlacedText[]): string[] {
  const say = ({ text, x, y, width, height }: PlacedText): string =>
    `"${text}" at ${x},${y}, ${width} by ${height}`;
  const left = [...actual];
  const missing = expected.filter(wanted => {
    const index = left.findIndex(each => isAtItsPlace(wanted, each));
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  return [...missing.map(each => `missing: ${say(each)}`), ...left.map(each => `new: ${say(each)}`)];
}

function isAtItsPlace(expected: PlacedText, actual: PlacedText): boolean {
  const isNear = (key: 'x' | 'y' | 'width' | 'height'): boolean =>
    Math.abs(expected[key] - actual[key]) <= Math.max(LAYOUT_TOLERANCE, expected[key] * LAYOUT_SHARE);
  return expected.text === actual.text && isNear('x') && isNear('y') && isNear('width') && isNear('height');
}

/** The share of pixels whose colour is off by more than the tolerance; all of them where the sizes differ. */
function differingPixels(expected: Uint8Array, actual: Uint8Array): number {
  const [one, other] = [decode(expected), decode(actual)];
  if (one.width !== other.width || one.height !== other.height || one.channels !== other.channels) return 1;
  let count = 0;
  for (let start = 0; start < one.data.length; start += one.channels) {
    let most = 0;
    for (let i = start; i < start + one.channels; i++)
      most = Math.max(most, Math.abs((one.data[i] ?? 0) - (other.data[i] ?? 0)));
    if (most > COLOUR_TOLERANCE) count++;
  }
  return count / (one.width * one.height);
}

interface Rect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What is used of a browser's document; its types are not loaded here. */
interface PageElement {
  readonly ownerDocument: {
    createTreeWalker: (root: PageElement, texts: number) => { nextNode: () => PageText | null };
    createRange: () => { selectNodeContents: (node: PageText) => void; getBoundingClientRect: () => Rect };
  };
  readonly getBoundingClientRect: () => Rect;
  readonly checkVisibility: (options: { readonly visibilityProperty: boolean }) => boolean;
  readonly closest: (selector: string) => PageElement | null;
}

interface PageText {
  readonly data: string;
  readonly parentElement: PageElement;
}

/** The visible texts inside an element, from top to bottom. It runs in the page, so it uses nothing around it. */
function collectTexts(element: unknown): PlacedText[] {
  const region = element as PageElement;
  const frame = region.getBoundingClientRect();
  const walker = region.ownerDocument.createTreeWalker(region, 4 /* texts only */);
  const texts: PlacedText[] = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.data.replace(/\s+/g, ' ').trim();
    const parent = node.parentElement;
    if (text === '' || !parent.checkVisibility({ visibilityProperty: true })) continue;
    if (parent.closest('style, script') !== null) continue;
    const range = region.ownerDocument.createRange();
    range.selectNodeContents(node);
    const { left, top, width, height } = range.getBoundingClientRect();
    const x = left - frame.left;
    const y = top - frame.top;
    const isOutside = x + width <= 0 || y + height <= 0 || x >= frame.width || y >= frame.height;
    if (width === 0 || height === 0 || isOutside) continue;
    texts.push({
      text,
      x: Math.round(x),
      y: Math.round(y),
      width: Math.round(width),
      height: Math.round(height),
    });
  }
  return texts.sort((a, b) => a.y - b.y || a.x - b.x || (a.text < b.text ? -1 : 1));
}
