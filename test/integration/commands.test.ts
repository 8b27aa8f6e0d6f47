import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../vscode/eventually';
import { cleanUp, folder, open, replace, scratch } from './extension';

const digits = (): object => ({ scope: folder('workspace').uri.toString(), task: 'cheque-digit' });

describe('commands', () => {
  afterEach(cleanUp);

  it('copy the advice as the JSON that the command line prints', async () => {
    await open('digits.py');
    await vscode.commands.executeCommand('strategyAdvisor.copyAdvice', digits());
    const copied = JSON.parse(await vscode.env.clipboard.readText()) as {
      version: number;
      advice: {
        task: string;
        recommendation: string;
        from: string[];
        conditions: { evidence: object[] }[];
      }[];
    };
    assert.equal(copied.version, 2);
    const [advice] = copied.advice;
    assert.deepEqual(
      [advice?.task, advice?.recommendation, advice?.from],
      ['cheque-digit', 'transfer', ['digit']],
    );
    const evidence = advice?.conditions.flatMap(condition => condition.evidence);
    assert.ok(evidence?.some(each => JSON.stringify(each) === '{"file":"digits.py","line":3}'));
  });

  it('open all advice as a page beside the code', async () => {
    await open('digits.py');
    await vscode.commands.executeCommand('strategyAdvisor.showAdvice', digits());
    const label = await eventually('the page', () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .map(tab => tab.label)
        .find(each => each.includes('cheque-digit.md')),
    );
    assert.match(label, /Preview/);
  });

  it('keep an open page up to date', async () => {
    const editor = await scratch(
      'a.py',
      '# @dataset own task=t input=image num_examples=5\n# @task t target\n',
    );
    const scope = folder('scratch').uri.toString();
    const page = vscode.Uri.from({ scheme: 'strategy-advisor', path: '/t.md', query: scope });
    const document = await vscode.workspace.openTextDocument(page);
    assert.match(
      document.getText(),
      /^# t\n\n## Training strategy for t\n\n\*\*transfer learning from a checkpoint of ImageNet/,
    );
    assert.match(document.getText(), /- ✗ unmet: t has 5 examples; about .* — \S+a\.py:1 · /);
    await replace(editor, 'num_examples=5', 'num_examples=50M');
    await eventually('the page to follow', () =>
      /✓ met: t has sufficient data: 50M/.test(document.getText()),
    );
  });
});
