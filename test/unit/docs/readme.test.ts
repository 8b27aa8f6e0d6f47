import assert from 'node:assert/strict';
import manifest from '../../../package.json';
import { readPage } from './support';

const readme = readPage('README.md');
const [, dependencyTables = ''] = readme.split('### Why each dependency is there');

/** What stands in code in the first column of the dependency tables. */
function explained(): string[] {
  const cells = [...dependencyTables.matchAll(/^\| (`.*?) \|/gm)].map(([, cell = '']) => cell);
  return cells.flatMap(cell => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
}

describe('README.md', () => {
  it('says of every dependency why it is there, and of nothing else', () => {
    const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    const listed = explained();
    const covers = (name: string): boolean =>
      listed.includes(name) || (name.startsWith('@types/') && listed.includes('@types/*'));
    assert.deepEqual(
      names.filter(name => !covers(name)),
      [],
    );
    const known = new Set([...names, '@types/*']);
    assert.deepEqual(
      listed.filter(name => !known.has(name)),
      [],
    );
  });

  it('names only scripts that there are', () => {
    const named = [...readme.matchAll(/npm (?:run )?([a-z]+(?::[a-z]+)*)/g)].map(([, name = '']) => name);
    const scripts = new Set([...Object.keys(manifest.scripts), 'ci', 'packages']);
    assert.ok(named.length > 10);
    assert.deepEqual(
      named.filter(name => !scripts.has(name)),
      [],
    );
  });
});
