// npm run eval [-- FILE] [--json] [--cases]: judges the advice on published comparisons.
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { rulesAlone } from './rules';
import { readEvidence } from '../evidence/base';
import { publishedResults } from '../fit/published';
import { resultsOf } from '../fit/results';
import { gainCoverage, gainLines } from './gains';
import { adviceAnswers } from './answer';
import { alwaysTransfer, baseRates, likeliestOfShape, shapeAlone } from './baselines';
import { casesOfFile, evidenceCases, type EvalCase } from './case';
import { goalsOf } from './goals';
import { judge, margin, summarize, type Judged } from './judge';
import { caseLines, goalTable, methodTable, partTables, reliabilityTable } from './report';

type Methods = readonly (readonly [name: string, judged: readonly Judged[]])[];

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean' }, cases: { type: 'boolean' } },
  });
  const [file] = positionals;
  if (file !== undefined && !existsSync(file)) {
    console.error(
      `There are no cases at ${file}. Give the path of a file of cases: npm run eval -- cases.json`,
    );
    return 2;
  }
  const all = file === undefined ? evidenceCases() : casesOfFile(file);
  const cases = all.filter(({ decision }) => decision !== 'adaptation');
  if (cases.length === 0) {
    console.error('There is no case with a decision that is advised.');
    return 2;
  }
  const notAdvised = all.length - cases.length;
  const methods = methodsOn(cases);
  const [advice, shape] = [methods[0]?.[1] ?? [], methods[1]?.[1] ?? []];
  const isFirst = ({ given }: Judged): boolean => given.first;
  const firstMethods = methods.map(([name, judged]) => [name, judged.filter(isFirst)] as const);
  const hasFirst = advice.some(isFirst);
  const whole = summarize(advice);
  const marginOverShape = margin(advice, shape);
  const goals = goalsOf({
    whole,
    first: hasFirst ? summarize(advice.filter(isFirst)) : undefined,
    shape: summarize(shape),
    marginOverShape,
  });
  const missed = goals.filter(({ reached }) => !reached);
  if (values.json) {
    const summaries = (some: Methods): unknown =>
      Object.fromEntries(some.map(([name, judged]) => [name, summarize(judged)]));
    const report = {
      version: 1,
      notAdvisedYet: notAdvised,
      methods: summaries(methods),
      ...(hasFirst && { firstCases: summaries(firstMethods) }),
      marginOverShape,
      goals,
      cases: advice.map(({ given, answer, strict, half }) => ({
        ...{ id: given.id, paper: given.paper, best: given.best, acceptable: given.acceptable },
        ...{ advised: answer.called, confidence: answer.confidence ?? null, strict, half },
      })),
    };
    console.log(JSON.stringify(report, undefined, 2));
    return missed.length > 0 ? 1 : 0;
  }
  const summarized = (some: Methods): string[] =>
    methodTable(some.map(([name, judged]) => [name, summarize(judged)]));
  const { low, high } = marginOverShape.interval;
  const gains = gainCoverage(publishedResults(resultsOf(evidenceCases()), readEvidence()));
  const lines = [
    ...(values.cases ? [...caseLines(advice), ''] : []),
    `${whole.cases} comparisons of ${whole.papers} papers; ${notAdvised} of language models' adaptation are not advised yet.`,
    ...['', ...summarized(methods)],
    ...(hasFirst
      ? ['', `The ${advice.filter(isFirst).length} first cases alone:`, ...summarized(firstMethods)]
      : []),
    ...['', 'The advice, by part:', ...partTables(whole)],
    ...['', 'Whether its confidence holds (right: strictly):', ...reliabilityTable(whole)],
    '',
    `Ahead of the shape alone by ${marginOverShape.margin.toFixed(3)} (90 %: ${low.toFixed(3)} to ${high.toFixed(3)}).`,
    ...['', ...gainLines(gains)],
    ...['', ...goalTable(goals)],
  ];
  console.log(lines.join('\n'));
  if (missed.length > 0) console.error(`${missed.length} of ${goals.length} goals are missed.`);
  return missed.length > 0 ? 1 : 0;
}

/** The advice, and what it is compared with; the first two are the advice and the shape alone. */
function methodsOn(cases: readonly EvalCase[]): Methods {
  return [
    ['advice', judge(cases, adviceAnswers(cases, resultsOf(evidenceCases())))],
    ['shape alone', judge(cases, shapeAlone(cases))],
    ['rules alone', judge(cases, rulesAlone(cases))],
    ['likeliest of shape', judge(cases, likeliestOfShape(cases))],
    ['"always transfer"', judge(cases, alwaysTransfer(cases))],
    ['base rates', judge(cases, baseRates(cases))],
  ];
}

process.exitCode = main();
