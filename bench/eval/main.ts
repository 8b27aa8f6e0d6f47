// npm run eval [-- FILE]: judges the advice on published results.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Advice } from '../../src/advisor/advice';
import { adviseTarget } from '../../src/advisor/advisor';
import { annotationsOf, parseText } from '../../src/language/annotated-text';
import { resolveProblem } from '../../src/language/resolve-problem';

/** Below this the command fails. */
const GOAL = 0.85;

/** A published comparison, as `cases/README.md` describes it. */
interface Case {
  readonly id: string;
  readonly target: string;
  readonly annotations: readonly string[];
  readonly best: string;
  readonly acceptable: readonly string[];
  readonly numbersVerified: boolean;
}

interface Judged {
  readonly id: string;
  readonly best: string;
  readonly acceptable: readonly string[];
  readonly advice: string;
  readonly advised: readonly string[];
  readonly right: boolean;
}

/** The advice on a case: the decomposition where a pipeline is declared, else where the signal comes from. */
function adviceOn({ target, annotations }: Case): Advice | undefined {
  const text = parseText(annotations.join('\n'), 'python');
  const problem = resolveProblem([{ file: 'case', annotations: annotationsOf(text) }]);
  const task = problem.tasks.find(candidate => candidate.name === target);
  return task && adviseTarget(problem, task)[0];
}

/** Right: the recommendation is acceptable; where the paper shows a tie, it must also say that several are. */
function judge(given: Case): Judged {
  const advice = adviceOn(given);
  const advised = advice?.acceptable ?? [];
  const recommended = advice !== undefined && given.acceptable.includes(advice.recommendation);
  const tie =
    given.best !== 'either' || given.acceptable.every(strategy => advised.some(each => each === strategy));
  return {
    id: given.id,
    best: given.best,
    acceptable: given.acceptable,
    advice: advice?.recommendation ?? 'none',
    advised,
    right: recommended && tie,
  };
}

/** The mean over the values of `best` of the share that is right. */
function balancedAccuracy(judged: readonly { readonly best: string; readonly right: boolean }[]): number {
  const groups = [...new Set(judged.map(each => each.best))].map(best =>
    judged.filter(each => each.best === best),
  );
  return (
    groups.reduce((sum, group) => sum + group.filter(each => each.right).length / group.length, 0) /
    groups.length
  );
}

function readCases(file: string): Case[] {
  return JSON.parse(readFileSync(file, 'utf8')) as Case[];
}

function main(): number {
  const file = process.argv[2] ?? path.join(__dirname, 'cases/literature.json');
  if (!existsSync(file)) {
    console.error(
      `There are no cases at ${file}. Give the path of a file of cases: npm run eval -- cases.json`,
    );
    return 2;
  }
  const cases = readCases(file);
  const judged = cases.map(judge);
  const width = Math.max(...judged.map(({ id }) => id.length));
  for (const { id, advice, advised, acceptable, best, right } of judged)
    console.log(
      `${right ? 'right' : 'WRONG'}  ${id.padEnd(width)}  advice ${advice} (${advised.join(', ')})  best ${best}, acceptable ${acceptable.join(', ')}`,
    );
  const baseline = cases.map(({ best, acceptable }) => ({
    best,
    right: best !== 'either' && acceptable.includes('transfer'),
  }));
  for (const best of [...new Set(judged.map(each => each.best))]) {
    const group = judged.filter(each => each.best === best);
    console.log(`${best}: ${group.filter(each => each.right).length} of ${group.length}`);
  }
  console.log(`right: ${judged.filter(each => each.right).length} of ${judged.length}`);
  console.log(`balanced accuracy: ${balancedAccuracy(judged).toFixed(3)}`);
  console.log(`"always transfer": ${balancedAccuracy(baseline).toFixed(3)}`);
  if (balancedAccuracy(judged) >= GOAL) return 0;
  console.error(`The balanced accuracy is below the goal of ${GOAL}.`);
  return 1;
}

process.exitCode = main();
