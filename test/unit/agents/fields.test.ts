import assert from 'node:assert/strict';
import Ajv from 'ajv';
import fc from 'fast-check';
import schemas from '../../../schemas/tool-inputs.json';
import { TOOLS, TOOL_NAMES } from '../../../src/agents/tool-definitions';
import { isToolError, readInput } from '../../../src/agents/tool-input';
import { TOOL_INPUTS } from '../../../src/protocol/agent-tools';

const refusal = (given: unknown): string => {
  try {
    readInput(TOOL_INPUTS.what_if, given);
  } catch (error) {
    assert.ok(isToolError(error));
    return error.message;
  }
  throw new Error(`${JSON.stringify(given)} was taken`);
};

describe('the input of a tool', () => {
  it('is taken as it is where it fits', () => {
    const input = { dataset: 'a', num_examples: 0.5, unit: 'hours', task: 'b' };
    assert.deepEqual(readInput(TOOL_INPUTS.what_if, input), input);
    assert.deepEqual(readInput(TOOL_INPUTS.advise, undefined), {});
    assert.deepEqual(readInput(TOOL_INPUTS.advise, { task: undefined }), {});
  });

  it('is refused with what to write instead', () => {
    assert.equal(refusal([]), 'The input must be an object.');
    assert.equal(refusal(null), 'The input must be an object.');
    assert.equal(refusal({ dataset: 'a' }), '"num_examples" is missing.');
    assert.equal(
      refusal({ dataset: 'a', num_example: 5 }),
      'Unknown field "num_example". Did you mean num_examples?',
    );
    assert.match(refusal({ toString: 5 }), /^Unknown field "toString"\. Known fields: dataset, /);
    assert.equal(
      refusal({ dataset: 'a', num_examples: '20k' }),
      '"num_examples" is "20k", expected a number of at least 0, such as 20000.',
    );
    assert.equal(refusal({ dataset: 5, num_examples: 5 }), '"dataset" is 5, expected a non-empty string.');
    assert.equal(refusal({ dataset: '', num_examples: 5 }), '"dataset" is "", expected a non-empty string.');
    assert.match(
      refusal({ dataset: 'a', num_examples: 5, unit: 'days' }),
      /^"unit" is "days", expected one of examples, /,
    );
  });

  it('is taken or refused as its schema says, whatever it is', () => {
    const values = fc.oneof(
      fc.string(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom('hours', '', null, true, -1, 0),
      fc.array(fc.integer()),
    );
    const inputs = fc.record(
      { dataset: values, num_examples: values, unit: values, task: values, other: values },
      { requiredKeys: [] },
    );
    const validate = new Ajv().compile(schemas.what_if);
    fc.assert(
      fc.property(inputs, input => {
        const read = (): unknown => readInput(TOOL_INPUTS.what_if, input);
        if (validate(input)) assert.deepEqual(read(), input);
        else assert.throws(read, { kind: 'agent-tool' });
      }),
    );
  });

  it('is described to models, value by value', () => {
    for (const name of TOOL_NAMES) {
      assert.ok(TOOLS[name].description.length > 100);
      for (const field of Object.values(schemas[name].properties)) assert.ok(field.description.length > 20);
    }
  });
});
