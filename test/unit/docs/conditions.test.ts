import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { CONDITIONS } from '../../../scripts/lib/docs/conditions';
import type { Condition } from '../../../src/advisor/advice';
import { advise } from '../../../src/advisor/advisor';
import { THRESHOLD_REASONS } from '../../../scripts/lib/docs/threshold-reasons';
import { annotationsOf, parseText } from '../../../src/language/annotated-text';
import { parseNotebook } from '../../../src/language/jupyter-notebook';
import { languageOfFile } from '../../../src/language/languages/language-registry';
import { resolveProblem } from '../../../src/language/resolve-problem';
import { ROOT, readPage } from './support';

/** Every condition that the advice on the examples gives. */
function conditionsOfExamples(): Condition[] {
  const files = readdirSync(path.join(ROOT, 'examples'), { recursive: true, encoding: 'utf8' });
  return files
    .filter(file => /\.(?:py|ts|ipynb)$/.test(file))
    .flatMap(file => {
      const text = readPage(path.join('examples', file));
      const { annotations } = file.endsWith('.ipynb')
        ? parseNotebook(text)
        : { annotations: annotationsOf(parseText(text, languageOfFile(file) ?? '')) };
      return advise(resolveProblem([{ file, annotations }])).flatMap(advice => advice.conditions);
    });
}

describe('the conditions in docs/advice.md', () => {
  const found = conditionsOfExamples();
  const ofThresholds = new Set<string>(Object.values(THRESHOLD_REASONS).map(({ source }) => source));

  it('are tried by the examples, all of them', () => {
    assert.deepEqual([...new Set(found.map(({ id }) => id))].sort(), Object.keys(CONDITIONS).sort());
  });

  it('belong to the strategies and sources that the advice names', () => {
    for (const { id, strategy, source } of found) {
      const { strategies, source: documented } = CONDITIONS[id];
      assert.ok(strategies.includes(strategy), `${id} is a condition of ${strategy}`);
      if (documented === 'thresholds') assert.ok(ofThresholds.has(source) || source === 'ng2018', id);
      else assert.equal(typeof documented === 'string' ? documented : documented[strategy], source, id);
    }
  });
});
