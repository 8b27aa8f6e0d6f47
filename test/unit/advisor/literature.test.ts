import assert from 'node:assert/strict';
import { adviceOn, problemOf } from './helpers';
import { IMAGES } from './published/images';
import { LANGUAGE } from './published/language';
import { PIPELINES } from './published/pipelines';
import { TASKS } from './published/tasks';

const PUBLISHED = [...IMAGES, ...LANGUAGE, ...PIPELINES, ...TASKS];

describe('advice on published comparisons', () => {
  for (const { name, source, reported, target, lines, right, tie = [] } of PUBLISHED)
    it(`${name} (${source}): ${reported}`, () => {
      const advice = adviceOn(problemOf(...lines), target);
      assert.ok(right.includes(advice.recommendation), `advised ${advice.acceptable.join(', ')}`);
      for (const strategy of tie)
        assert.ok(advice.acceptable.includes(strategy), `advised only ${advice.acceptable.join(', ')}`);
    });
});
