import assert from 'node:assert/strict';
import { advise } from '../../../src/advisor/advisor';
import { annotationsOf, diagnosticsOf, parseText } from '../../../src/language/annotated-text';
import { resolveProblem } from '../../../src/language/resolve-problem';
import { headline } from '../../../src/messages/advice-text';
import { diagnosticMessage } from '../../../src/messages/diagnostic-messages';
import { type Fence, fencesIn, readPage } from './support';

const IDS: Readonly<Record<string, string>> = {
  ts: 'typescript',
  sh: 'shellscript',
  json: 'jsonc',
  '': 'text',
};

/** What the tools say of the annotations in a fenced block. */
function saidOf({ text, language }: Fence): { readonly problems: string[]; readonly advice: string[] } {
  const parsed = parseText(text, IDS[language] ?? language);
  const problem = resolveProblem([{ file: 'example', annotations: annotationsOf(parsed) }]);
  return {
    problems: [...diagnosticsOf(parsed), ...problem.diagnostics].map(diagnosticMessage),
    advice: advise(problem).map(headline),
  };
}

/** A quotation right behind an example is what is said of it: its problems, or else the advice. */
describe('the examples', () => {
  for (const page of ['README.md', 'docs/language.md', 'docs/advice.md']) {
    const annotated = fencesIn(readPage(page)).filter(({ text }) =>
      /@(?:dataset|task|pipeline)\b/.test(text),
    );

    it(`stand in ${page}`, () => {
      assert.ok(annotated.length > 0);
    });

    for (const fence of annotated)
      it(`at ${page}:${fence.line} say what the text says of them`, () => {
        const { problems, advice } = saidOf(fence);
        const isBroken = problems.length > 0;
        assert.deepEqual(isBroken ? fence.quoted : [], problems);
        assert.ok(advice.length > 0, 'no advice: are the annotations found?');
        if (!isBroken && fence.quoted.length > 0) assert.deepEqual(advice, fence.quoted);
      });
  }
});
