// npm run fit [-- --check]: fits the models of outcomes to the evidence base and writes their coefficients.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { OutcomeModels } from '../../src/advisor/outcome-model';
import { evidenceCases } from '../eval/case';
import { modelsOf, resultsOf } from './results';

const FILE = path.join(__dirname, '../../src/advisor/outcome-coefficients.ts');

/** The text of the file of coefficients. */
export async function coefficientsText(
  models: OutcomeModels,
  results: number,
  papers: number,
): Promise<string> {
  const text = `// Written by npm run fit, from ${results} published comparisons of ${papers} papers in evidence/.
import type { OutcomeModels } from './outcome-model';

export const OUTCOME_MODELS: OutcomeModels = ${JSON.stringify(models)};
`;
  const config = await resolveConfig(FILE);
  return format(text, { ...config, parser: 'typescript' });
}

/** The file as the evidence base makes it. */
export async function fittedText(): Promise<string> {
  const results = resultsOf(evidenceCases());
  const papers = new Set(results.map(({ paper }) => paper)).size;
  return coefficientsText(modelsOf(results), results.length, papers);
}

async function main(): Promise<void> {
  const text = await fittedText();
  const isSame = readFileSync(FILE, 'utf8') === text;
  if (process.argv.includes('--check')) {
    console.log(isSame ? 'The coefficients are those of the evidence base.' : 'Run npm run fit.');
    process.exitCode = isSame ? 0 : 1;
    return;
  }
  writeFileSync(FILE, text);
  console.log(isSame ? 'Nothing has changed.' : `Wrote ${path.relative(process.cwd(), FILE)}.`);
}

if (require.main === module) void main();
