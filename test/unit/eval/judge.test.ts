import assert from 'node:assert/strict';
import { alwaysTransfer, baseRates, likeliestOfShape, shapeAlone } from '../../../bench/eval/baselines';
import { bootstrapPapers } from '../../../bench/eval/bootstrap';
import { casesOfFile, type EvalCase } from '../../../bench/eval/case';
import { judge, margin, summarize } from '../../../bench/eval/judge';
import { goalsOf } from '../../../bench/eval/goals';
import { logLoss, outcomeOf } from '../../../bench/eval/outcomes';
import { levelsOf, thirdsOf } from '../../../bench/eval/reliability';
import { useScratch } from '../data/helpers/files';

const source = '# @dataset many task=source input=image num_examples=1M';
const own = '# @dataset few task=goal input=image num_examples=1k';
const shared = '# @dataset both task=goal,other input=image num_examples=1k';

/** Where there is a source, transfer wins; where examples are shared, multitask loses; each in six papers. */
const cases: EvalCase[] = Array.from({ length: 12 }, (_, i) => ({
  id: `case-${i}`,
  paper: `paper-${i}`,
  domain: 'vision',
  decision: 'learning',
  annotations: [...(i < 6 ? [source, own] : [shared]), '# @task goal target'],
  target: 'goal',
  best: i < 6 ? 'transfer' : 'single-task',
  acceptable: [i < 6 ? 'transfer' : 'single-task'],
  checked: 'table',
  first: false,
  compared: [],
}));

describe('the evaluation', () => {
  const scratch = useScratch();

  it('lets the shape of annotations say what it can, and no more', () => {
    assert.equal(summarize(judge(cases, shapeAlone(cases))).strict, 1);
    assert.equal(summarize(judge(cases, likeliestOfShape(cases))).strict, 1);
    assert.equal(summarize(judge(cases, alwaysTransfer(cases))).strict, 0.5);
    assert.equal(
      summarize(judge(cases, baseRates(cases))).strict,
      0,
      'the other papers have more of the other',
    );
  });

  it('learns baselines from other papers only', () => {
    const one = cases.map(each => ({ ...each, paper: each.best }));
    assert.equal(summarize(judge(one, likeliestOfShape(one))).strict, 0);
  });

  it('counts answers that are ties, and those of them that are right to be', () => {
    const tie = { called: ['transfer', 'single-task'] };
    const some = cases.map((each, i) => (i === 0 ? { ...each, best: 'either' } : each));
    const { ties } = summarize(
      judge(
        some,
        some.map((_, i) => (i < 3 ? tie : { called: ['transfer'] })),
      ),
    );
    assert.deepEqual(ties, { called: 0.25, right: 1 / 3 });
  });

  it('draws whole papers, the same ones each time', () => {
    const values = [0, 0, 1, 1].map((value, i) => ({ paper: i < 2 ? 'a' : 'b', value }));
    const mean = (drawn: typeof values): number =>
      drawn.reduce((sum, { value }) => sum + value, 0) / drawn.length;
    const interval = bootstrapPapers(values, drawn => mean([...drawn]));
    assert.deepEqual(interval, { low: 0, high: 1 }, 'two papers: both may be drawn twice');
    const alone = values.map((each, i) => ({ ...each, paper: String(i) }));
    assert.deepEqual(
      bootstrapPapers(alone, drawn => mean([...drawn])),
      bootstrapPapers(alone, drawn => mean([...drawn])),
    );
  });

  it('says by how much one way is ahead of another', () => {
    const { margin: ahead, interval } = margin(
      judge(cases, shapeAlone(cases)),
      judge(cases, alwaysTransfer(cases)),
    );
    assert.equal(ahead, 0.5);
    assert.ok(interval.low > 0 && interval.high <= 1);
  });

  it('measures chances by what happened', () => {
    const chances = { loses: 0.25, ties: 0.25, wins: 0.5 };
    assert.equal(outcomeOf({ best: 'single-task', decision: 'learning' }), 'loses');
    assert.equal(outcomeOf({ best: 'pipeline', decision: 'decomposition' }), 'loses');
    assert.equal(outcomeOf({ best: 'multitask', decision: 'learning' }), 'wins');
    assert.equal(outcomeOf({ best: 'either', decision: 'learning' }), 'ties');
    assert.equal(logLoss([{ chances, outcome: 'wins' }]), Math.log(2));
  });

  it('compares what is stated with what is right, by level and by third', () => {
    const stated = [0.9, 0.8, 0.6, 0.5, 0.3, 0.2].map((probability, i) => ({
      probability,
      confidence: i < 2 ? ('high' as const) : ('low' as const),
      right: i < 3,
    }));
    const levels = levelsOf(stated).filter(({ cases: n }) => n > 0);
    assert.deepEqual(
      levels.map(({ level, cases: n, right }) => [level, n, right]),
      [
        ['high', 2, 1],
        ['low', 4, 0.25],
      ],
    );
    assert.deepEqual(
      thirdsOf(stated).map(({ stated: mean, right }) => [Number(mean.toFixed(2)), right]),
      [
        [0.25, 0],
        [0.55, 0.5],
        [0.85, 1],
      ],
    );
    assert.deepEqual(thirdsOf([{ right: true }, { right: true }, { right: false }]), [], 'nothing is stated');
  });

  it('misses a goal for which there is no figure', () => {
    const judged = judge(cases, alwaysTransfer(cases));
    const shape = judge(cases, shapeAlone(cases));
    const goals = goalsOf({
      whole: summarize(judged),
      first: undefined,
      shape: summarize(shape),
      marginOverShape: margin(judged, shape),
    });
    const high = goals.find(({ name }) => name === 'right at high confidence');
    assert.equal(high?.reached, false);
    assert.equal(goals.find(({ name }) => name === 'share of ties called')?.reached, true);
  });

  it('reads cases in the older form, and names a file that holds none', async () => {
    const older = [
      {
        id: 'a',
        source: 'Doe, Roe 2020, Boats (X), arXiv:1',
        target: 'goal',
        annotations: [own],
        best: 'either',
        acceptable: ['transfer', 'single-task'],
        numbersVerified: true,
        measured: {},
      },
    ];
    const [read] = casesOfFile(await scratch.write('cases.json', JSON.stringify(older)));
    assert.deepEqual([read?.paper, read?.decision, read?.checked], ['Doe, Roe 2020', 'learning', 'text']);
    const bad = await scratch.write('bad.json', '[{"id": "a"}]');
    assert.throws(() => casesOfFile(bad), /bad\.json: \[0\]\.target/);
    const lines = await scratch.write('bad.jsonl', '\n{"id": 3}\n');
    assert.throws(() => casesOfFile(lines), /bad\.jsonl:2: id/);
  });
});
