// What tests allow stays theirs: neither does the user's own consent count in them, nor theirs afterwards.
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');

const folder = mkdtempSync(path.join(tmpdir(), 'strategy-advisor-state-'));
process.env.XDG_STATE_HOME = folder;
process.on('exit', () => {
  rmSync(folder, { recursive: true, force: true });
});
