import assert from 'node:assert/strict';
import { type Racer, informationShare, lookAt } from '../../../../src/experiments/statistics/race';
import type { Estimate } from '../../../../src/experiments/statistics/significance';

/** A gain after two seeds of five, whose error comes from the test examples but for `between`. */
function gain(value: number, examples = 0.01, between = 0): Estimate {
  const error = Math.hypot(examples, Math.sqrt(between / 2));
  const parts = { between, examples: examples ** 2, residual: 0, seeds: 2, tested: 400, shared: 0 };
  return { value, error, df: 60, parts };
}

function racer(its: Estimate, order: number): Racer {
  return { gain: its, seeds: 2, looks: [informationShare(its, 5)], cost: 1, order };
}

function look(gains: readonly Estimate[]): ReturnType<typeof lookAt> & { reasons: (string | undefined)[] } {
  const found = lookAt(
    gains.map((each, i) => racer(each, i)),
    {
      margin: 0.03,
      seeds: 5,
      gainScale: 0.02,
      gainOver(one, other) {
        const [a, b] = [gains[one], gains[other]];
        return a && b && { ...a, value: a.value - b.value };
      },
    },
  );
  return { ...found, reasons: found.standings.map(({ dropped }) => dropped) };
}

describe('a look at a race', () => {
  it('knows how much of the information is there', () => {
    assert.equal(informationShare(gain(0, 0.01, 0), 5), 1);
    // Two of five seeds, and nothing from the examples.
    assert.ok(Math.abs(informationShare(gain(0, 0, 0.01), 5) - 0.4) < 1e-9);
  });

  it('drops what is worse, what gains nothing, and what no seed can decide', () => {
    const { reasons, settled } = look([gain(-0.1), gain(0, 0.005), gain(0.03, 0.02)]);
    assert.deepEqual(reasons, ['worse', 'no-gain', 'undecidable']);
    assert.ok(settled);
  });

  it('goes on where seeds may still decide', () => {
    const { reasons, settled } = look([gain(0.04, 0.005, 0.001)]);
    assert.deepEqual(reasons, [undefined]);
    assert.ok(!settled);
  });

  it('is settled where one arm is better, and the others would not be chosen instead', () => {
    const { reasons, settled, chosen } = look([gain(0.08), gain(0.07), gain(0.02, 0.005, 0.001)]);
    assert.equal(chosen, 0);
    assert.deepEqual(reasons, [undefined, 'behind', 'behind']);
    assert.ok(settled);
  });

  it('does not settle on a costlier arm while a cheaper one may still turn out to be better', () => {
    const { reasons, chosen } = look([gain(0.05, 0.005, 0.002), gain(0.06)]);
    assert.equal(chosen, 1);
    assert.deepEqual(reasons, [undefined, undefined]);
  });

  it('keeps what was dropped before out, with the outcome that it had', () => {
    const dropped = { reason: 'worse', outcome: 'worse' } as const;
    const { standings } = lookAt([{ ...racer(gain(0.2), 0), dropped }, racer(gain(0.1), 1)], {
      margin: 0.03,
      seeds: 5,
      gainScale: 0.02,
      gainOver: () => undefined,
    });
    assert.deepEqual(
      standings.map(({ outcome, dropped: reason }) => [outcome, reason]),
      [
        ['worse', 'worse'],
        ['better', undefined],
      ],
    );
  });
});
