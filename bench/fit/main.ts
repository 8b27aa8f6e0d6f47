// npm run fit [-- --check]: fits the models of outcomes to the evidence base and writes their coefficients.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { OutcomeModels } from '../../src/advisor/outcome-model';
import { evidenceCases } from '../eval/case';
import { readEvidence } from '../evidence/base';
import { publishedResults } from './published';
import { modelsOf, resultsOf } from './results';

const FOLDER = path.join(__dirname, '../../src/advisor');
const FILE = path.join(FOLDER, 'outcome-coefficients.ts');
const PUBLISHED_FILE = path.join(FOLDER, 'published-results-data.ts');

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

/** The file of published results, a line for each, as the evidence base makes it. */
export function publishedText(): string {
  const { papers, results, stretch } = publishedResults(resultsOf(evidenceCases()), readEvidence());
  const lines = (entries: readonly unknown[]): string =>
    entries.map(entry => `    ${JSON.stringify(entry)},`).join('\n');
  return `// Written by npm run fit, from evidence/: ${results.length} results of ${papers.length} papers that have figures.
import type { PublishedResults } from './published-results';

// prettier-ignore
export const PUBLISHED_RESULTS: PublishedResults = {
  stretch: ${stretch},
  papers: [
${lines(papers)}
  ],
  results: [
${lines(results)}
  ],
};
`;
}

async function main(): Promise<void> {
  const texts: readonly (readonly [string, string])[] = [
    [FILE, await fittedText()],
    [PUBLISHED_FILE, publishedText()],
  ];
  const changed = texts.filter(([file, text]) => !existsSync(file) || readFileSync(file, 'utf8') !== text);
  if (process.argv.includes('--check')) {
    console.log(
      changed.length === 0 ? 'The coefficients are those of the evidence base.' : 'Run npm run fit.',
    );
    process.exitCode = changed.length === 0 ? 0 : 1;
    return;
  }
  for (const [file, text] of changed) writeFileSync(file, text);
  console.log(
    changed.length === 0
      ? 'Nothing has changed.'
      : `Wrote ${changed.map(([file]) => path.relative(process.cwd(), file)).join(', ')}.`,
  );
}

if (require.main === module) void main();
