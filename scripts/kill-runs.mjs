// npm run kill:runs -- N: kills a pilot at N random moments, and goes on with it each time.
import { exitStatus, spawnOwned } from './lib/guard.mjs';
import { root } from './lib/paths.mjs';

const rounds = Number(process.argv[2] ?? 50);
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error('usage: npm run kill:runs -- N, where N is a whole number from 1 on');
  process.exit(2);
}
// Printed, so that the same moments can be tried again.
const seed = process.env['KILL_SEED'] ?? String(Date.now() % 1_000_000);
console.log(`seed ${seed}; to repeat: KILL_SEED=${seed} npm run kill:runs -- ${rounds}`);
const mocha = [
  'node_modules/mocha/bin/mocha.js',
  '--config',
  'test/runs/.mocharc.cjs',
  '--grep',
  'runs that are killed',
];
const child = spawnOwned(process.execPath, mocha, {
  cwd: root,
  env: { ...process.env, KILL_ROUNDS: String(rounds), KILL_SEED: seed },
  stdio: ['ignore', 'inherit', 'inherit'],
});
process.exit(await exitStatus(child));
