import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { copyCase, pilot, removeCases, run, runCase } from './cases';

/** A text as it reads without its line breaks. */
const inOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');

describe('checks before a pilot', () => {
  after(removeCases);

  it('01-leaking-column: one column gives the label away', async () => {
    const folder = copyCase('01-leaking-column');
    const { shown, stdout } = await run(folder, pilot());
    assert.match(inOneLine(shown), /Inputs of own: size, code \(number\)\. Not used: label \(label\)\./);
    assert.match(inOneLine(stdout), /Possible target leakage in d\.csv: [^:]*: code/);
    const annotated = readFileSync(path.join(folder, 'train.py'), 'utf8');
    writeFileSync(
      path.join(folder, 'train.py'),
      annotated.replaceAll('label=label', 'label=label ignore=code'),
    );
    const without = await run(folder, pilot());
    assert.match(inOneLine(without.shown), /Inputs of own: size \(number\)/);
    assert.doesNotMatch(without.shown, /target leakage/);
  });

  it('01-leaking-column: `datasets` says so, too, at the path', async () => {
    const { stderr } = await runCase('01-leaking-column', ['datasets', 'train.py']);
    assert.match(
      stderr,
      /^train\.py:2:\d+: warning: Possible target leakage in d\.csv: .*: code \(leaking-column\)$/m,
    );
  });

  it('02-label-column-twice: so does the label itself, under another name', async () => {
    const { stdout } = await runCase('02-label-column-twice', pilot());
    assert.match(inOneLine(stdout), /Possible target leakage in d\.csv: [^:]*: label_3/);
  });

  it('03-one-class: one message before anything is trained', async () => {
    const folder = copyCase('03-one-class');
    const { status, stdout, stderr } = await run(folder, pilot());
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.match(
      stderr,
      /^[^\n]*Every label of mine is "ok": with one class there is nothing to learn\.[^\n]*\n$/,
    );
    assert.ok(!readdirSync(path.join(folder, '.strategy-advisor')).includes('runs'));
  });

  it('21-columns-dropped-at-chance: what is used is said, and that no arm beats chance', async () => {
    const folder = copyCase('21-columns-dropped-at-chance');
    const file = path.join(folder, 'train.py');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('label=label', 'label=label ignore=day,city'));
    const { shown, stdout } = await run(folder, pilot());
    assert.match(
      inOneLine(shown),
      /Inputs of own: noise \(number\)\. Not used: day, city \(left out with ignore=/,
    );
    assert.match(inOneLine(stdout), /No strategy is shown to do better than chance \(50\.0 %\)/);
    assert.doesNotMatch(stdout, /agrees with the rules/);
    const advice = await run(folder, ['advise', '.', '--json']);
    assert.match(advice.stdout, /"basis": "rules"/);
  });
});

describe('tables that are not alike', () => {
  after(removeCases);

  it('27-unrelated-tables: advice and pilot say what differs', async () => {
    const folder = copyCase('27-unrelated-tables');
    const advice = await run(folder, ['advise', '.']);
    const said =
      /people and birds have few input columns in common \(age; only people: pulse, sugar, iron; only birds: wing, beak, tail\)/;
    // Each is advised to learn from the other, and they are compared once.
    const once =
      /birds and people have few input columns in common \(age; only birds: wing, beak, tail; only people: pulse, sugar, iron\)/;
    assert.match(inOneLine(advice.stderr), once);
    assert.equal(advice.stderr.match(/\(inputs-differ\)/g)?.length, 1);
    assert.match(inOneLine((await run(folder, pilot())).shown), said);
    // Without a name in common, one message, and nothing is trained from the other table.
    const source = path.join(folder, 'src.csv');
    writeFileSync(source, readFileSync(source, 'utf8').replace('age,', 'height,'));
    const { shown } = await run(folder, pilot());
    assert.equal(shown.match(/have no input column in common/g)?.length, 1);
    assert.doesNotMatch(shown, /failed|transfer-|multitask-/);
  });
});

describe('figures that programs report', () => {
  after(removeCases);

  it('22-own-code-percent: 91.5 is no accuracy', async () => {
    const { shown } = await runCase('22-own-code-percent', pilot('--trust'));
    assert.match(shown, /reported 91\.5 for the metric "accuracy", which is from 0 to 1/);
    assert.doesNotMatch(shown, /9150/);
  });

  it('34-own-code-other-metric: f1 is not shown as accuracy', async () => {
    const { shown } = await runCase('34-own-code-other-metric', pilot('--trust'));
    assert.match(shown, /reported f1, not the metric "accuracy"/);
    assert.doesNotMatch(shown, /50\.0 %/);
  });
});
