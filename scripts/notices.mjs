// npm run notices [-- --check]: writes THIRD_PARTY_NOTICES.md, or fails where it is not what would be written.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { noticesOf, shippedPackages } from './lib/notices.mjs';
import { root } from './lib/paths.mjs';

const file = path.join(root, 'THIRD_PARTY_NOTICES.md');
try {
  const text = noticesOf(await shippedPackages());
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    console.error('THIRD_PARTY_NOTICES.md is not what ships: run `npm run notices`.');
    process.exitCode = 1;
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
