import assert from 'node:assert/strict';
import { enabledGlobs, excludesOf } from '../../../src/extension/project/exclude-globs';

describe('files.exclude and search.exclude', () => {
  const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['**/node_modules', ['node_modules', 'a/node_modules', 'node_modules/x/y.py'], ['my_node_modules/a.py']],
    ['build/**', ['build/a.py', 'build/x/y.py'], ['a/build/b.py', 'builder/a.py']],
    ['build', ['build', 'build/a.py'], ['a/build/b.py']],
    ['**/*.{gen,auto}.py', ['a.gen.py', 'x/b.auto.py'], ['a.py', 'gen.py']],
    ['*.py', ['a.py'], ['x/a.py']],
    ['**/{a,b{1,2}}/**', ['a/x.py', 'z/b1/x.py', 'b2/x'], ['b/x.py', 'b3/x']],
    ['**/Data', ['Data/a.py'], ['data/a.py']],
  ];
  for (const [glob, excluded, kept] of cases)
    it(`reads ${glob}`, () => {
      const excludes = excludesOf([glob]);
      const isLeftOut = (name: string): boolean => excludes(name, false) || excludes(name, true);
      assert.deepEqual([...excluded, ...kept].filter(isLeftOut), excluded);
    });

  it('leaves nothing out where nothing is named, and what is no path', () => {
    assert.equal(excludesOf([])('a.py', false), false);
    assert.equal(excludesOf(['**'])('../a.py', false), false);
    assert.equal(excludesOf(['**'])('', false), false);
  });

  it('leaves out a folder of which all is excluded, so that nobody enters it', () => {
    const excludes = excludesOf(['build/**', '**/gen/**', 'half/*.py', 'src/*']);
    const left = ['build', 'a/gen', 'half', 'src', 'src/a'].filter(folder => excludes(folder, true));
    assert.deepEqual(left, ['build', 'a/gen', 'src/a']);
    assert.equal(excludes('build', false), false);
  });

  it('takes what is switched on', () => {
    assert.deepEqual(enabledGlobs({ a: true, b: false, c: { when: '$(basename).ts' } }), ['a']);
    assert.deepEqual(enabledGlobs(undefined), []);
    assert.deepEqual(enabledGlobs('x'), []);
  });
});
