// Part of npm run lint: a lock file that names the address of a registry works only for those who can reach that one.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './lib/paths.mjs';

const lockFiles = ['package-lock.json', 'test/vscode/server/package-lock.json'];

let found = 0;
for (const file of lockFiles) {
  const lines = readFileSync(path.join(root, file), 'utf8').split('\n');
  for (const [index, line] of lines.entries()) {
    if (!/"resolved": *"[a-z+]+:\/\//.test(line)) continue;
    found++;
    console.error(
      `${file}:${index + 1}: names an address; run npm with omit-lockfile-registry-resolved=true`,
    );
  }
}
process.exitCode = found === 0 ? 0 : 1;
