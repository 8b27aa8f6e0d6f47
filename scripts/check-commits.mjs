// npm run lint:commits [-- BASE]: the subjects of the commits since BASE, or since subjects have had a limit.
import { spawnSync } from 'node:child_process';
import { subjectProblems } from './lib/commit-subjects.mjs';
import { root } from './lib/paths.mjs';

const LIMIT_SINCE = '520a3c61e37c2c70b4d234d8d5156ab58d2a5911';

const base = process.argv[2] ?? LIMIT_SINCE;
const git = (...args) => spawnSync('git', args, { cwd: root, encoding: 'utf8' });
if (git('cat-file', '-e', `${base}^{commit}`).status !== 0) {
  // In a copy without its history, or in a shallow clone.
  console.log(`Commit subjects are not checked: there is no commit ${base} here.`);
  process.exit(process.argv[2] === undefined ? 0 : 2);
}
const { stdout, stderr, status } = git('log', '--format=%h %s', `${base}..HEAD`);
if (status !== 0) {
  console.error(stderr);
  process.exit(2);
}
const problems = subjectProblems(stdout);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
