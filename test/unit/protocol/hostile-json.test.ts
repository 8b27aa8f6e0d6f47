import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { GenericSchema } from 'valibot';
import { check, parseJson } from '../../../src/common/validation';
import { shapeProblemText } from '../../../src/messages/validation-text';
import { adviseReport } from '../../../src/protocol/advise-schema';
import {
  checkpointIndex,
  jobFailure,
  jobSpec,
  metricEvent,
  readEvent,
  trialResult,
} from '../../../src/protocol/job-files';
import { pilotReport } from '../../../src/protocol/pilot-report';
import { preprocessing } from '../../../src/protocol/preprocessing';
import { runManifest, runState } from '../../../src/protocol/run-files';
import {
  runnerReport,
  runnerRequest,
  workerOrder,
  workerReport,
} from '../../../src/protocol/worker-messages';
import { plan, result } from '../experiments/support';

const SCHEMAS: Readonly<Record<string, GenericSchema>> = {
  adviseReport,
  checkpointIndex,
  jobFailure,
  jobSpec,
  metricEvent,
  pilotReport,
  preprocessing,
  runManifest,
  runState,
  runnerReport,
  runnerRequest,
  trialResult,
  workerOrder,
  workerReport,
};

/** Values that fit, to be spoiled in one place. */
const GOOD: readonly (readonly [GenericSchema, unknown])[] = [
  [trialResult, result('single-task-n40-s1')],
  ...plan().jobs.map(job => [jobSpec, job] as const),
];

const junk = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(null, -1, 1e308, '', '../..', [], {}, 'x'.repeat(100_000)),
  fc.constant(JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": 1}}')),
);

describe('what others have written', () => {
  it('is taken or refused with a reason, and never breaks a reader', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(SCHEMAS)), junk, (schema, value) => {
        const read = check(schema, value);
        if (!read.ok) assert.ok(shapeProblemText(read.problem).length < 1000);
      }),
    );
    assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false);
  });

  it('is refused at the field that is wrong', () => {
    const spoil = (value: unknown, field: string, other: unknown): unknown => ({
      ...(value as object),
      [field]: other,
    });
    for (const [schema, value] of GOOD) {
      assert.ok(check(schema, value).ok);
      for (const field of Object.keys(value as object)) {
        const read = check(schema, spoil(value, field, Symbol('of no JSON')));
        assert.ok(!read.ok, field);
        assert.match(read.problem.path, new RegExp(`^${field}\\b`));
      }
    }
    const settings = { ...plan().jobs[0]?.settings, batchSize: 'large' };
    const read = check(jobSpec, { ...plan().jobs[0], settings });
    assert.ok(!read.ok);
    assert.equal(shapeProblemText(read.problem), 'field "settings.batchSize" is "large", expected number');
  });

  it('keeps values by whatever name a user gave, as fields of their own', () => {
    const named = JSON.parse('{"__proto__": 1, "constructor": 0.5, "accuracy": null}') as unknown;
    const read = check(trialResult, { ...result('a'), metrics: named });
    assert.ok(read.ok);
    const { metrics } = read.value;
    assert.deepEqual(Object.keys(metrics).sort(), ['__proto__', 'accuracy', 'constructor']);
    assert.equal(Object.getPrototypeOf(metrics), Object.prototype);
    // What was NaN is null in JSON.
    assert.ok(Number.isNaN(metrics['accuracy']));
  });

  it('is bounded in time where it is nested or long beyond reason', () => {
    const deep = parseJson(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
    for (const schema of Object.values(SCHEMAS)) {
      assert.equal(check(schema, deep).ok, false);
      assert.equal(
        check(schema, Object.fromEntries(Array.from({ length: 1e5 }, (_, i) => [i, i]))).ok,
        false,
      );
    }
  });
});

describe('a line of metrics', () => {
  it('is read by the quick look as by its schema', () => {
    const figures = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null), junk);
    const lines = fc.record(
      {
        t: figures,
        phase: fc.oneof(fc.string(), junk),
        step: figures,
        loss: figures,
        epoch: figures,
        learningRate: figures,
        progress: figures,
        validation: fc.oneof(fc.dictionary(fc.string(), figures), junk),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(lines, value => {
        const line = JSON.stringify(value);
        const read = check(metricEvent, JSON.parse(line));
        assert.deepEqual(readEvent(line), read.ok ? read.value : undefined);
      }),
    );
    assert.equal(readEvent('{"t":3,"ph'), undefined);
    assert.ok(Number.isNaN(readEvent('{"t":1,"phase":"train","step":1,"loss":null}')?.loss));
  });
});
