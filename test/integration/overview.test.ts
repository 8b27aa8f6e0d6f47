import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../vscode/eventually';
import { cleanUp, folder, open, scratch, write } from './extension';

/** A line of the overview, as its commands are given it. */
function line(dataset: string): { readonly item: { readonly dataset: string }; readonly scope: string } {
  return { item: { dataset }, scope: folder('scratch').uri.toString() };
}

function tabs(): string[] {
  return vscode.window.tabGroups.all.flatMap(group => group.tabs.map(({ label }) => label));
}

describe('the overview', () => {
  afterEach(cleanUp);

  it('updates a stale size in its annotation, to be undone at once', async () => {
    await write('rows.csv', `a,b\n${'1,2\n'.repeat(40)}`);
    const { document } = await scratch('a.py', '# @dataset rows task=t num_examples=70 path=rows.csv\n');
    await vscode.commands.executeCommand('strategyAdvisor.overview.focus');
    await eventually('the size to be counted and updated', async () => {
      await vscode.commands.executeCommand('strategyAdvisor.updateSize', line('rows'));
      return document.getText().includes('num_examples=40 ');
    });
    await vscode.commands.executeCommand('undo');
    assert.ok(document.getText().includes('num_examples=70 '));
  });

  it('copies and shows the advice on the task of a pipeline', async () => {
    await scratch(
      'a.py',
      '# @dataset sounds task=audio->phones num_examples=9k\n' +
        '# @dataset books task=phones->speech num_examples=90k\n' +
        '# @dataset talks task=speech num_examples=300\n' +
        '# @pipeline speech steps=audio->phones->speech\n',
    );
    const item = { id: 'pipeline speech', kind: 'pipeline', label: 'speech', task: 'speech' };
    const given = { item, scope: folder('scratch').uri.toString(), task: 'speech' };
    await vscode.commands.executeCommand('strategyAdvisor.copyAdvice', given);
    const copied = JSON.parse(await vscode.env.clipboard.readText()) as {
      advice: readonly { readonly task: string; readonly stage?: string }[];
    };
    assert.ok(copied.advice.length > 0 && copied.advice.every(({ task }) => task === 'speech'));
    await vscode.commands.executeCommand('strategyAdvisor.showAdvice', given);
    await eventually('the page', () => tabs().some(label => label.includes('speech.md')));
  });

  it('opens the data of a dataset, and says where there is none', async () => {
    await write('more.csv', 'a,b\n1,2\n');
    await scratch('a.py', '# @dataset more task=t num_examples=1 path=more.csv\n');
    await eventually('the data', async () => {
      await vscode.commands.executeCommand('strategyAdvisor.openData', line('more'));
      return tabs().includes('more.csv');
    });
    // What a line is about may be gone by the time it is clicked.
    await vscode.commands.executeCommand('strategyAdvisor.openData', line('never-was'));
    await vscode.commands.executeCommand('strategyAdvisor.updateSize', undefined);
  });
});

describe('the diagram', () => {
  afterEach(cleanUp);

  const shown = (): readonly vscode.Tab[] =>
    vscode.window.tabGroups.all.flatMap(group =>
      group.tabs.filter(
        ({ input }) =>
          input instanceof vscode.TabInputWebview && input.viewType.endsWith('strategyAdvisor.diagram'),
      ),
    );

  it('is of the folder of the file at hand, one panel for each folder', async () => {
    await open('digits.py');
    await vscode.commands.executeCommand('strategyAdvisor.showDiagram');
    await eventually('the panel', () => shown().length === 1);
    assert.match(shown()[0]?.label ?? '', /workspace/);
    await open('digits.py');
    await vscode.commands.executeCommand('strategyAdvisor.showDiagram');
    assert.equal(shown().length, 1);
    await open('digits.py', 'other');
    await vscode.commands.executeCommand('strategyAdvisor.showDiagram');
    await eventually('the other panel', () => shown().length === 2);
  });
});
