import assert from 'node:assert/strict';
import { parseNumber, parseShare, printNumber, printShare } from '../../../src/common/number-notation';

describe('numbers', () => {
  const forms: Readonly<Record<string, number>> = {
    ...{ '5000': 5000, '5_000': 5000, '5,000': 5000, '1,234,567': 1234567, '5k': 5000, '5K': 5000, '0': 0 },
    ...{ '1.1k': 1100, '1.2M': 1.2e6, '1.2m': 1.2e6, '3B': 3e9, '3b': 3e9, '1.28e6': 1.28e6, '2E3': 2000 },
    ...{
      '0.5': 0.5,
      '0.07k': 70,
      '2.675M': 2675000,
      '1e-1': 0.1,
      '4.35k': 4350,
      '1_000_000': 1e6,
      '7e+2': 700,
      '15T': 15e12,
      '1.5t': 1.5e12,
    },
  };
  for (const [text, value] of Object.entries(forms))
    it(`${text} is exactly ${value}`, () => {
      assert.equal(parseNumber(text), value);
    });

  it('refuse everything else', () => {
    const bad = [
      '',
      '-5',
      '+5',
      '5kk',
      '5 k',
      '.5',
      '5.',
      '1,00',
      '1,2345',
      '_5',
      '5_',
      '5__0',
      '0x10',
      'k',
      '1e',
      '5k1',
      'NaN',
      'Infinity',
      '1e400',
      '1e16',
      '５',
      '1/2',
      '5%',
    ];
    for (const text of bad) assert.equal(parseNumber(text), undefined, text);
  });

  it('print as one writes them, and read back the same', () => {
    const printed: readonly (readonly [number, string])[] = [
      [1.2e6, '1.2M'],
      [5000, '5k'],
      [2975, '2.975k'],
      [123456, '123456'],
      [60000, '60k'],
      [3e9, '3B'],
      [300, '300'],
      [0.5, '0.5'],
      [0, '0'],
    ];
    for (const [value, text] of printed) {
      assert.equal(printNumber(value), text);
      assert.equal(parseNumber(text), value);
    }
  });

  it('as shares lie between 0 and 1', () => {
    const shares: Readonly<Record<string, number | undefined>> = {
      '80%': 0.8,
      '0.8': 0.8,
      '1': 1,
      '100%': 1,
      '0': 0,
      '0.1%': 0.001,
      '33.3%': 0.333,
      '0.00001%': 1e-7,
      '1e-7': 1e-7,
      '101%': undefined,
      '1.5': undefined,
      '80': undefined,
      '%': undefined,
      'x%': undefined,
    };
    for (const [text, share] of Object.entries(shares)) assert.equal(parseShare(text), share, text);
    assert.equal(printShare(0.6), '60%');
    assert.equal(printShare(1 / 3), String(1 / 3));
  });
});
