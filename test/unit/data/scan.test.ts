import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { compileWat } from '../../../scripts/lib/wat.mjs';
import { type Scanner, withScanner } from '../../../src/data/formats/record-scanner';
import { scanModule } from '../../../src/data/formats/scan-module';

interface Totals {
  rows: number;
  blanks: number;
  uneven: number;
}

/** Counts in pieces of the given size, as a file is read. */
function count(text: string, step: number): Totals {
  const bytes = Buffer.from(text);
  const use = (scanner: Scanner): Totals => {
    for (let at = 0; at < bytes.length; at += step) {
      const part = bytes.subarray(at, at + step);
      scanner.input.set(part, 64);
      scanner.count(64, 64 + part.length);
    }
    const { rows, blanks, uneven } = scanner.totals();
    return { rows, blanks, uneven };
  };
  return withScanner({ delimiter: ',', newline: '\n', quote: '"' }, use, 3);
}

/** The states of the scanner, said once more in the plainest way. */
function reference(text: string): Totals {
  let state: 'start' | 'plain' | 'quoted' | 'closing' = 'start';
  const totals = { rows: 0, blanks: 0, uneven: 0 };
  let delimiters = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (state === 'quoted') {
      if (c === '"') state = 'closing';
    } else if (c === '\n') {
      totals.rows++;
      if (delimiters !== 2) totals.uneven++;
      delimiters = 0;
      const before = text.slice(Math.max(0, i - 2), i);
      if (i === 0 || before.endsWith('\n') || before === '\n\r' || (before === '\r' && i === 1))
        totals.blanks++;
      state = 'start';
    } else if (c === ',') {
      delimiters++;
      state = 'start';
    } else if (c === '"' && state !== 'plain') state = 'quoted';
    else state = 'plain';
  }
  return totals;
}

describe('data: scanner', () => {
  it('is compiled from scan.wat', async () => {
    const module = await compileWat('src/data/formats/scan.wat');
    assert.equal(module.toString('base64'), scanModule);
  });

  it('agrees with a byte-by-byte reference on any text, in pieces', () => {
    const text = fc
      .array(
        fc.constantFrom('a', 'bc', ',', '"', '""', '\n', '\r\n', '","', 'é', ' '.repeat(40), 'x'.repeat(61)),
      )
      .map(parts => parts.join(''));
    fc.assert(
      fc.property(text, fc.constantFrom(2, 7, 64, 65, 128, 1000), (csv, step) => {
        assert.deepEqual(count(csv, step), reference(csv));
      }),
      { numRuns: 2000 },
    );
  });

  it('agrees with csv-parse on quoted tables', () => {
    const cell = fc.constantFrom(
      '1',
      'plain',
      'with, comma',
      'with\nnewline',
      'with "quotes"',
      '',
      'z'.repeat(70),
    );
    const quote = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1 }), rows => {
        const csv = rows.map(row => row.map(quote).join(',') + '\n').join('');
        const parsed: string[][] = parse(csv);
        assert.deepEqual(count(csv, 1 << 20), { rows: parsed.length, blanks: 0, uneven: 0 });
      }),
    );
  });
});
