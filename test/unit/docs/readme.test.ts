import assert from 'node:assert/strict';
import manifest from '../../../package.json';
import { readPage } from './support';

const readme = readPage('README.md');
const [, dependencyTables = ''] = readme.split('### Why each dependency is there');
const [, notShipped = ''] = dependencyTables.split('For building and testing only:');

/** What stands in code in the first column of the dependency tables. */
function explained(tables: string): string[] {
  const cells = [...tables.matchAll(/^\| (`.*?) \|/gm)].map(([, cell = '']) => cell);
  return cells.flatMap(cell => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
}

describe('README.md', () => {
  it('says of every dependency why it is there, and of nothing else', () => {
    const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    const listed = explained(dependencyTables);
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

  it('calls nothing a tool of building and testing that ships', () => {
    const shipped = new Set(
      [...readPage('THIRD_PARTY_NOTICES.md').matchAll(/^\| (\S+) \| \d/gm)].map(m => m[1]),
    );
    const tools = explained(notShipped);
    assert.ok(shipped.size > 30 && tools.length > 10);
    assert.deepEqual(
      tools.filter(name => shipped.has(name)),
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
