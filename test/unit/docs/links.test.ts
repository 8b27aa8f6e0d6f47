import assert from 'node:assert/strict';
import path from 'node:path';
import { anchorsOf, exists, pages, readPage, withoutCode } from './support';

/** Targets of links and pictures that lead to a file or heading of the project. */
function relativeLinks(page: string): string[] {
  const links = [...withoutCode(page).matchAll(/\]\(([^()\s]+)\)/g)].map(([, target = '']) => target);
  return links.filter(target => !/^[a-z]+:/.test(target));
}

describe('the links', () => {
  for (const page of pages())
    it(`of ${page} lead somewhere`, () => {
      for (const link of relativeLinks(readPage(page))) {
        const [file = '', anchor] = link.split('#');
        const target = file === '' ? page : path.posix.join(path.posix.dirname(page), file);
        assert.ok(exists(target), `${link}: there is no ${target}`);
        if (anchor !== undefined)
          assert.ok(anchorsOf(readPage(target)).has(anchor), `${link}: ${target} has no such heading`);
      }
    });

  it('of README.md reach every page of docs/', () => {
    const linked = relativeLinks(readPage('README.md'));
    const docs = pages().filter(page => page.startsWith('docs/'));
    assert.deepEqual(
      docs.filter(page => !linked.includes(page)),
      [],
    );
  });
});
