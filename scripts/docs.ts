// npm run docs: brings the tables of docs/ up to date with the code they describe.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fillSections } from './lib/docs/markdown';
import { PAGES } from './lib/docs/pages';
import { root } from '../test/vscode/paths';

for (const [page, sections] of Object.entries(PAGES)) {
  const file = path.join(root, page);
  const text = readFileSync(file, 'utf8');
  const filled = fillSections(text, sections);
  if (filled !== text) writeFileSync(file, filled);
  console.log(`${page}: ${filled === text ? 'up to date' : 'written'}`);
}
