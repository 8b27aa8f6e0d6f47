import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { cleanUp, hoverAt, open, rangeOf, scratch, set } from './extension';
import { KINDS, written } from './kinds';
import { radiology } from './radiology';

describe('hover', () => {
  afterEach(cleanUp);

  it('gives on a target the advice, its conditions, what would change it and what to do next', async () => {
    const { document } = await open('digits.py');
    const text = await hoverAt(document, '@task cheque-digit');
    assert.match(
      text,
      /^\$\(git-merge\) \*\*cheque\\-digit\*\*: transfer learning from digit · medium confidence: right in about 8 of 10 such cases$/m,
    );
    assert.match(
      text,
      /\$\(pass\)<\/span> met · digit has more data than cheque\\-digit: 60k .* 500 examples/,
    );
    assert.match(text, /\[Yosinski 2014\]\(https:\/\/arxiv\.org\/abs\/1411\.1792 "Yosinski et al\..*"\)/);
    assert.match(text, /\*\*The advice changes at:\*\* At least .* examples in cheques: /);
    assert.match(text, /unmet · \*\*single\\-task training\*\*/);
    assert.match(text, /\(command:strategyAdvisor\.showAdvice\?/);
    assert.match(text, /\(command:strategyAdvisor\.copyAdvice\?/);
  });

  for (const [index, kind] of KINDS.entries())
    it(`gives the advice on a target and the use of a dataset in ${kind.name}`, async () => {
      const document = await kind.open(written(kind, radiology(`w${index}`)));
      assert.match(
        await hoverAt(document, '@task few-signs'),
        /\*\*few\\-signs.*\*\*The advice changes at:\*\*/s,
      );
      assert.match(await hoverAt(document, 'big-pictures'), /1\\\.28M examples/);
    });

  it('covers the annotation, may run only its own commands, and shows icons', async () => {
    const { document } = await open('digits.py');
    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      rangeOf(document, 'num_params').start,
    );
    const line = document.lineAt(rangeOf(document, '@task cheque-digit').start);
    assert.deepEqual(hover?.range, new vscode.Range(line.lineNumber, 2, line.lineNumber, line.text.length));
    const [content] = hover.contents;
    assert.ok(content instanceof vscode.MarkdownString);
    assert.equal(content.supportThemeIcons, true);
    assert.deepEqual(content.isTrusted, {
      enabledCommands: ['strategyAdvisor.showAdvice', 'strategyAdvisor.copyAdvice'],
    });
  });

  it('gives on a dataset the targets it serves, and what for', async () => {
    const { document } = await open('digits.py');
    assert.match(
      await hoverAt(document, 'mnist'),
      /60k examples[^]*\*\*cheque\\-digit\*\*: source for transfer/,
    );
    assert.match(await hoverAt(document, 'cheques'), /500 examples[^]*\*\*cheque\\-digit\*\*: training data/);
  });

  it('gives nothing beside an annotation', async () => {
    const { document } = await open('digits.py');
    assert.equal(await hoverAt(document, 'def read'), '');
    assert.equal(await hoverAt(document, 'Reads handwritten'), '');
  });

  it('shows a user’s own words as they are', async () => {
    const { document } = await scratch(
      'a.py',
      '# @dataset a_b*c task=x\n# @dataset __init__ task=_t_ num_examples=5\n',
    );
    assert.match(await hoverAt(document, '@dataset __init__'), /\*\*\\_\\_init\\_\\_\*\*/);
  });

  it('follows a pipeline to its stages', async () => {
    const text = [
      '# @pipeline words: audio -> phonemes -> words',
      '# @dataset calls task=audio->words input=audio num_examples=30 unit=hours',
      '# @dataset timit task=audio->phonemes input=audio num_examples=500 unit=hours',
      '# @dataset lexicon task=phonemes->words input=text num_examples=2M unit=words',
    ].join('\n');
    const { document } = await scratch('a.py', text);
    const pipeline = await hoverAt(document, '@pipeline words');
    assert.match(pipeline, /\*\*words\*\*: a pipeline of stages/);
    assert.match(pipeline, /\*\*audio\\-&gt;phonemes\*\*: /);
    assert.match(await hoverAt(document, 'calls'), /\*\*words\*\*: end\\-to\\-end training data/);
    assert.match(
      await hoverAt(document, 'timit'),
      /\*\*words\*\*: training data of stage audio\\-&gt;phonemes/,
    );
  });

  it('can be switched off and on', async () => {
    const { document } = await open('digits.py');
    const back = await set('hover.enabled', false);
    assert.equal(await hoverAt(document, '@task cheque-digit'), '');
    await back();
    assert.notEqual(await hoverAt(document, '@task cheque-digit'), '');
  });
});
