// Ends process groups and removes folders when the process that started it is gone, however it went.
// It stands in a group of its own and reads lines from standard input: `+group 123`, `-group 123`,
// `+folder /path`, `-folder /path`. End of input means the owner has ended; what is still listed is cleared.
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

const groups = new Set();
const folders = new Set();

for await (const line of createInterface({ input: process.stdin })) {
  const [, sign, kind, value] = /^([+-])(group|folder) (.+)$/.exec(line) ?? [];
  if (!value) continue;
  const set = kind === 'group' ? groups : folders;
  if (sign === '+') set.add(value);
  else set.delete(value);
}

for (const group of groups) {
  try {
    process.kill(-Number(group), 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
// A process that is being killed can still write for a moment.
for (let attempt = 0; folders.size > 0 && attempt < 20; attempt++) {
  for (const folder of folders) {
    try {
      rmSync(folder, { recursive: true, force: true });
      folders.delete(folder);
    } catch {
      await wait(100);
    }
  }
}
