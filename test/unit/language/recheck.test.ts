import assert from 'node:assert/strict';
import fc from 'fast-check';
import { annotationsOf, parseText } from '../../../src/language/annotated-text';
import {
  type FileAnnotations,
  recheckEditedFile,
  resolveAll,
  resolveProblem,
} from '../../../src/language/resolve-problem';

const name = fc.constantFrom('films', 'film', 'scans', 'audio', 'words', 'lungs', 'lung');
const size = fc.constantFrom('5', '5k', '1.2M', 'many');

/** Lines that name each other, rightly and wrongly, some of them twice. */
const line = fc.oneof(
  fc.tuple(name, name, size).map(([a, b, n]) => `@dataset ${a} task=${b} num_examples=${n}`),
  fc.tuple(name, name, size).map(([a, b, n]) => `@dataset ${a} task=${b} splits=train:${n} num_examples=7`),
  fc.tuple(name, name).map(([a, b]) => `@dataset ${a} task=audio->${b} source_datasets=${a}s`),
  fc.tuple(name, name).map(([a, b]) => `@task ${a} target shares_features_with=${b}`),
  fc
    .tuple(name, name, name)
    .map(([a, b, c]) => `@pipeline ${a}: audio -> ${b} -> ${c} engineered=${b}->${a}`),
  fc.constant('x = 1'),
);

function read(file: string, lines: readonly string[]): FileAnnotations {
  return { file, annotations: annotationsOf(parseText(lines.map(each => `# ${each}\n`).join(''), 'python')) };
}

describe('one file checked again', () => {
  it('has what it has among all, or is left to that', () => {
    const files = fc.array(fc.array(line, { maxLength: 5 }), { minLength: 1, maxLength: 3 });
    const edit = fc.record({ file: fc.nat(2), at: fc.nat(4), line, numbersOnly: fc.boolean() });
    let rechecked = 0;
    fc.assert(
      fc.property(files, edit, (texts, { file, at, line: put, numbersOnly }) => {
        const before = texts.map((lines, i) => read(`${i}.py`, lines));
        const which = file % texts.length;
        const lines = [...(texts[which] ?? [])];
        const place = at % (lines.length + 1);
        const numbers = (lines[place] ?? '').replace(/\d+(?=\b|k|M)/, '9?').replace('=many', '=12');
        lines[place] = numbersOnly ? numbers : put;
        const after = before.map((each, i) => (i === which ? read(each.file, lines) : each));
        const found = recheckEditedFile(resolveAll(before), after, `${which}.py`);
        if (!found) return;
        rechecked++;
        const all = resolveProblem(after).diagnostics.filter(each => each.file === `${which}.py`);
        assert.deepEqual(found, all);
      }),
      { numRuns: 500 },
    );
    assert.ok(rechecked > 100, `${rechecked} of 500`);
  });

  it('is left to all where a name has changed, or another file', () => {
    const [a, b] = [
      read('a.py', ['@dataset films task=lungs num_examples=5']),
      read('b.py', ['@task lungs target']),
    ];
    const before = resolveAll([a, b]);
    const sized = read('a.py', ['@dataset films task=lungs num_examples=6?']);
    assert.deepEqual(recheckEditedFile(before, [sized, b], 'a.py'), []);
    assert.equal(recheckEditedFile(before, [sized, b], 'b.py'), undefined);
    assert.equal(recheckEditedFile(before, [sized], 'a.py'), undefined);
    assert.equal(
      recheckEditedFile(before, [read('a.py', ['@dataset film task=lungs']), b], 'a.py'),
      undefined,
    );
    assert.equal(recheckEditedFile(before, [sized, read('b.py', ['@task lungs'])], 'a.py'), undefined);
  });
});

describe('a problem that is put together anew', () => {
  it('takes over what was found before, whatever other folders do in between', () => {
    const films = read('a.py', ['@dataset films task=lungs num_examples=5', '@dataset scans task=lung']);
    const before = resolveAll([films]);
    const elsewhere = resolveAll([read('b.py', ['@dataset audio task=words'])]);
    const resized = read('a.py', ['@dataset films task=lungs num_examples=6', '@dataset scans task=lung']);
    const after = resolveAll([resized], before);
    assert.equal(after.names, before.names);
    assert.deepEqual(after.problem, resolveProblem([resized]));
    assert.notEqual(resolveAll([films], elsewhere).names, before.names);
  });

  it('has symbols of its own where a name has changed', () => {
    const before = resolveAll([read('a.py', ['@dataset films task=lungs'])]);
    const renamed = [read('a.py', ['@dataset films task=lung', '@task lung'])];
    assert.notEqual(resolveAll(renamed, before).names, before.names);
    assert.deepEqual(resolveAll(renamed, before).problem, resolveProblem(renamed));
  });
});
