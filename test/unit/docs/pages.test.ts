import assert from 'node:assert/strict';
import { fillSections } from '../../../scripts/lib/docs/markdown';
import { FILES, PAGES } from '../../../scripts/lib/docs/pages';
import { readPage } from './support';

describe('the generated sections', () => {
  for (const [page, sections] of Object.entries(PAGES))
    it(`of ${page} are up to date (else run \`npm run docs\`)`, () => {
      assert.equal(readPage(page), fillSections(readPage(page), sections));
    });

  for (const [name, write] of Object.entries(FILES))
    it(`and ${name} are up to date (else run \`npm run docs\`)`, () => {
      assert.equal(readPage(name), write());
    });

  it('are refused where the page lacks one, or has one that nothing writes', () => {
    const page = 'a\n<!-- begin x -->\nold\n<!-- end x -->\n';
    assert.equal(fillSections(page, { x: () => 'new $&' }), 'a\n<!-- begin x -->\nnew $&\n<!-- end x -->\n');
    assert.throws(() => fillSections(page, {}), /nothing writes the section "x"/);
    assert.throws(() => fillSections(page, { x: () => '', y: () => '' }), /lacks the sections y/);
  });
});
