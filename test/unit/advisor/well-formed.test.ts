import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Advice } from '../../../src/advisor/advice';
import { advise } from '../../../src/advisor/advisor';
import { adviceChanges } from '../../../src/advisor/sensitivity';
import { adviceChangeText, headline, recommendationText } from '../../../src/messages/advice-text';
import { conditionText } from '../../../src/messages/condition-text';
import { noteText } from '../../../src/messages/note-text';
import { adviseOutput } from '../../../src/protocol/advise-output';
import { problemLines } from './arbitraries';
import { problemOf } from './helpers';

/** Everything that is said about one advice. */
function sentences(advice: Advice): string[] {
  return [
    headline(advice),
    recommendationText(advice),
    ...advice.conditions.map(conditionText),
    ...advice.notes.map(noteText),
  ];
}

/** What no sentence may contain: a value that was missing, a placeholder that was not filled, a hole. */
const HOLE = /undefined|null|NaN|Infinity|\{\d\}|\[object|\(\)| {2}| [,.;:]( |$)|^[,.;: ]/;

describe('advice on any problem', () => {
  it('is given, in words without holes in them', () => {
    fc.assert(
      fc.property(problemLines, lines => {
        const problem = problemOf(...lines);
        for (const advice of advise(problem)) {
          const said = [...sentences(advice), ...adviceChanges(problem, advice).map(adviceChangeText)];
          for (const sentence of said) assert.doesNotMatch(sentence, HOLE);
        }
      }),
      { numRuns: 120 },
    );
  });

  it('recommends the first of what is acceptable, from sources that have data', () => {
    fc.assert(
      fc.property(problemLines, lines => {
        const problem = problemOf(...lines);
        const sources = new Set(problem.datasets.flatMap(dataset => dataset.tasks));
        for (const { recommendation, acceptable, from, task, stage, publicSource } of advise(problem)) {
          assert.equal(acceptable[0], recommendation);
          assert.equal(new Set(acceptable).size, acceptable.length);
          const draws = recommendation === 'transfer' || recommendation === 'multitask';
          assert.equal(from.length > 0, draws && publicSource === undefined);
          assert.equal(new Set(from).size, from.length);
          assert.ok(!from.includes(stage ?? task));
          for (const source of from) assert.ok(sources.has(source), source);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('states each condition of a strategy once, or once for each stage of a pipeline', () => {
    fc.assert(
      fc.property(problemLines, lines => {
        for (const { conditions } of advise(problemOf(...lines))) {
          const said = conditions.map(each =>
            [each.strategy, each.id, ...('stage' in each ? [each.stage] : [])].join('/'),
          );
          assert.deepEqual(said, [...new Set(said)]);
        }
      }),
      { numRuns: 120 },
    );
  });

  it('says the same twice', () => {
    fc.assert(
      fc.property(problemLines, lines => {
        const [once, again] = [problemOf(...lines), problemOf(...lines)].map(problem =>
          adviseOutput(problem, advise(problem), []),
        );
        assert.deepEqual(once, again);
      }),
      { numRuns: 60 },
    );
  });

  it('does not depend on the order in which things are declared', () => {
    const inAnyOrder = problemLines.chain(lines =>
      fc.tuple(fc.constant(lines), fc.shuffledSubarray([...lines], { minLength: lines.length })),
    );
    fc.assert(
      fc.property(inAnyOrder, ([lines, shuffled]) => {
        assert.deepEqual(withoutPlaces(shuffled), withoutPlaces(lines));
      }),
      { numRuns: 120 },
    );
  });
});

/** The advice and what would change it, by its subject, without the lines that it was read from. */
function withoutPlaces(lines: readonly string[]): object[] {
  const problem = problemOf(...lines);
  const output = adviseOutput(problem, advise(problem), []);
  return output.advice
    .map(advice => ({
      ...advice,
      conditions: advice.conditions.map(({ id, status, statement }) => ({ id, status, statement })),
    }))
    .sort((a, b) => (subjectOf(a) < subjectOf(b) ? -1 : 1));
}

function subjectOf({
  task,
  decision,
  stage = '',
}: {
  task: string;
  decision: string;
  stage?: string;
}): string {
  return [task, decision, stage].join(' ');
}
