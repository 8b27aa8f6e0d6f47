// npm run docs: brings the tables of docs/ up to date with the code they describe.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fillSections } from './lib/docs/markdown';
import { FILES, PAGES } from './lib/docs/pages';
import { root } from '../test/vscode/paths';

for (const [page, sections] of Object.entries(PAGES)) update(page, text => fillSections(text, sections));
for (const [name, write] of Object.entries(FILES)) update(name, write);

function update(name: string, change: (text: string) => string): void {
  const file = path.join(root, name);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const changed = change(text);
  if (changed !== text) writeFileSync(file, changed);
  console.log(`${name}: ${changed === text ? 'up to date' : 'written'}`);
}
