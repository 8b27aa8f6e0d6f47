// npm run lint:workflows: the GitHub workflows, which nothing else here runs.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './lib/paths.mjs';
import { workflowProblems } from './lib/workflows.mjs';

const folder = '.github/workflows';
const files = readdirSync(path.join(root, folder)).map(file => ({
  name: `${folder}/${file}`,
  text: readFileSync(path.join(root, folder, file), 'utf8'),
}));
const problems = await workflowProblems(files);
for (const problem of problems) console.error(problem);
process.exitCode = files.length > 0 && problems.length === 0 ? 0 : 1;
