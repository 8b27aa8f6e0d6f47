import assert from 'node:assert/strict';
import { UserError, errorCode, errorMessage, errorSummary, isUserError } from '../../../src/common/errors';

describe('errors for users', () => {
  it('carry their kind, code, location, hint and cause', () => {
    const cause = new Error('disk');
    const location = { file: 'train.py', line: 3 };
    const error = new UserError('plan', 'no-data', 'there is no data', {
      location,
      hint: 'Add path=.',
      cause,
    });
    assert.equal(`${error.name}: ${error.message}`, 'UserError: there is no data');
    assert.deepEqual(
      [error.kind, error.code, error.location, error.hint],
      ['plan', 'no-data', location, 'Add path=.'],
    );
    assert.equal(error.cause, cause);
  });

  it('are told from other errors, and by kind', () => {
    const error = new UserError('run', 'locked', 'another process runs it');
    assert.ok(isUserError(error));
    assert.ok(isUserError(error, 'run'));
    assert.ok(!isUserError(error, 'data'));
    assert.ok(!isUserError(Object.assign(new Error('x'), { kind: 'run', code: 'locked' }), 'run'));
    assert.ok(!isUserError({ name: 'UserError', kind: 'run' }, 'run'));
  });

  it('are recognized where they were made by another bundle', () => {
    class UserErrorOfAnotherBundle extends Error {
      override readonly name = 'UserError';
      readonly kind = 'data';
      readonly code = 'corrupt';
    }
    assert.ok(isUserError(new UserErrorOfAnotherBundle('damaged'), 'data'));
  });
});

describe('what was thrown', () => {
  it('has a message, whatever it is', () => {
    assert.equal(errorMessage(new TypeError('no function')), 'no function');
    assert.equal(errorMessage('text'), 'text');
    assert.equal(errorMessage(undefined), 'undefined');
    assert.equal(errorSummary(new Error('first\nsecond')), 'first');
  });

  it('has a code where that is a text', () => {
    assert.equal(errorCode(Object.assign(new Error(), { code: 'ENOENT' })), 'ENOENT');
    assert.equal(errorCode(new UserError('data', 'corrupt', 'damaged')), 'corrupt');
    assert.equal(errorCode(Object.assign(new Error(), { code: 5 })), undefined);
    assert.equal(errorCode({ code: 'ENOENT' }), undefined);
  });
});
