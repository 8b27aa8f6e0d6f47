import assert from 'node:assert/strict';
import Ajv from 'ajv';
import * as vscode from 'vscode';
import { REPOSITORY_TEXT_NOTE } from '../../src/agents/tool-answer';
import { errorMessage } from '../../src/common/errors';
import manifest from '../../package.json';
import adviseSchema from '../../schemas/advise.schema.json';
import datasetsSchema from '../../schemas/datasets.schema.json';
import whatIfSchema from '../../schemas/what-if.schema.json';
import type { AdviseOutput } from '../../src/protocol/advise-schema';
import type { DatasetsOutput } from '../../src/protocol/datasets-output';
import type { WhatIfOutput } from '../../src/protocol/what-if-output';
import { cleanUp, replace, scratch, write } from './extension';

const ajv = new Ajv({ allErrors: true });

interface Outputs {
  readonly advise: AdviseOutput;
  readonly count_dataset: DatasetsOutput;
  readonly what_if: WhatIfOutput;
}

const SCHEMAS: Readonly<Record<keyof Outputs, object>> = {
  advise: adviseSchema,
  count_dataset: datasetsSchema,
  what_if: whatIfSchema,
};

function textOf({ content }: vscode.LanguageModelToolResult): string {
  return content
    .map(part => (part instanceof vscode.LanguageModelTextPart ? part.value : JSON.stringify(part)))
    .join('\n');
}

/** Calls a tool as an agent does, and checks its answer against its schema. */
async function ask<N extends keyof Outputs>(name: N, input: object): Promise<Outputs[N]> {
  const result = await vscode.lm.invokeTool(`strategy-advisor_${name}`, {
    input,
    toolInvocationToken: undefined,
  });
  const [json = '', ...note] = textOf(result).split('\n');
  assert.deepEqual(note, [REPOSITORY_TEXT_NOTE]);
  const output: unknown = JSON.parse(json);
  const validate = ajv.compile(SCHEMAS[name]);
  assert.ok(validate(output), ajv.errorsText(validate.errors));
  return output as Outputs[N];
}

async function failureOf(name: keyof Outputs, input: object): Promise<string> {
  try {
    await ask(name, input);
  } catch (error) {
    return errorMessage(error);
  }
  throw new Error(`${name} answered ${JSON.stringify(input)}`);
}

const XRAY = [
  '# @dataset photos task=things input=image:224x224x3 num_examples=1.28M',
  '# @dataset films task=fracture input=image:224x224x3 num_examples=5k',
  '# @task fracture target category=image-classification output=class:2 shares_features_with=things num_params=25M',
  '',
].join('\n');

function rows(count: number): string {
  return `x,y\n${Array.from({ length: count }, (_, i) => `${i},${i % 3}\n`).join('')}`;
}

describe('tools for agents', () => {
  afterEach(cleanUp);

  it('are offered with what a model needs to call them', () => {
    const offered = vscode.lm.tools.filter(({ name }) => name.startsWith('strategy-advisor_'));
    const promised = manifest.contributes.languageModelTools;
    assert.deepEqual(offered.map(({ name }) => name).sort(), promised.map(({ name }) => name).sort());
    for (const { name, description, inputSchema } of offered) {
      const tool = promised.find(each => each.name === name);
      assert.equal(description, tool?.modelDescription);
      assert.deepEqual(inputSchema, tool?.inputSchema);
    }
  });

  it('advise on a task as it stands in the editor, with reasons that have a place and a source', async () => {
    const editor = await scratch('a.py', XRAY);
    const { advice } = await ask('advise', { task: 'fracture' });
    assert.deepEqual(
      advice.map(({ task, recommendation, from }) => [task, recommendation, from]),
      [['fracture', 'transfer', ['things']]],
    );
    const ample = advice[0]?.conditions.find(({ id }) => id === 'transfer/target-not-ample');
    assert.equal(ample?.status, 'met');
    assert.ok(ample.evidence.some(({ file, line }) => file.endsWith('a.py') && line === 2));
    await replace(editor, '5k', '50M');
    const after = await ask('advise', { task: 'fracture' });
    assert.equal(after.advice[0]?.recommendation, 'single-task');
  });

  it('advise on all targets of a folder, with what is wrong in it', async () => {
    await scratch('a.py', XRAY);
    await scratch('b.py', '# @dataset c task=d num_examples=many\n');
    const { advice, diagnostics } = await ask('advise', { folder: 'scratch' });
    assert.deepEqual(
      advice.map(({ task }) => task),
      ['fracture'],
    );
    assert.deepEqual(
      diagnostics.map(({ code, line }) => [code, line]),
      [['bad-number', 1]],
    );
  });

  it('count what lies at the path of a dataset, anew when it changes', async () => {
    await write('data/rows.csv', rows(300));
    await scratch('a.py', '# @dataset table task=y num_examples=100 label=y path=data/rows.csv\n');
    const { datasets } = await ask('count_dataset', { dataset: 'table' });
    assert.equal(datasets.length, 1);
    assert.equal(datasets[0]?.stated?.value, 100);
    assert.equal(datasets[0].counted?.value, 300);
    assert.deepEqual(datasets[0].counted.classes, { 0: 100, 1: 100, 2: 100 });
    assert.deepEqual(
      datasets[0].issues.map(({ code }) => code),
      ['stale-size'],
    );
    await write('data/rows.csv', rows(450));
    const after = await ask('count_dataset', { dataset: 'table' });
    assert.equal(after.datasets[0]?.counted?.value, 450);
  });

  it('say why data was not counted', async () => {
    await scratch(
      'a.py',
      [
        '# @dataset a task=t num_examples=5',
        '# @dataset b task=t num_examples=5 path=data/nowhere.csv',
        '# @dataset c task=t num_examples=5 path=https://example.org/c.csv',
        '# @dataset d task=t num_examples=5 path=../../../../../../../etc/passwd',
        '',
      ].join('\n'),
    );
    const { datasets } = await ask('count_dataset', { folder: 'scratch' });
    assert.deepEqual(
      datasets.map(({ name, counted, issues }) => [name, counted, issues.map(({ code }) => code)]),
      [
        ['a', undefined, ['no-path']],
        ['b', undefined, ['path-missing']],
        ['c', undefined, ['path-remote']],
        ['d', undefined, ['outside-root']],
      ],
    );
  });

  it('say what another size would change, and edit nothing', async () => {
    const { document } = await scratch('a.py', XRAY);
    const input = { dataset: 'films', num_examples: 50_000_000 };
    const output = await ask('what_if', input);
    assert.deepEqual([output.before, output.after, output.unit], [5000, 50_000_000, 'examples']);
    const [change, ...others] = output.changes;
    assert.equal(others.length, 0);
    assert.equal(change?.before?.recommendation, 'transfer');
    assert.equal(change.after?.recommendation, 'single-task');
    assert.ok(
      change.conditions.some(({ id, after }) => id === 'single-task/target-ample' && after === 'met'),
    );
    assert.equal(document.getText(), XRAY);
    const same = await ask('what_if', { dataset: 'films', num_examples: 6000 });
    assert.deepEqual(same.changes, []);
    assert.equal(same.unchanged[0]?.recommendation, 'transfer');
  });

  it('say in words what is wrong with a question', async () => {
    await scratch('a.py', XRAY);
    assert.match(
      await failureOf('what_if', { dataset: 'fims', num_examples: 5, folder: 'scratch' }),
      /There is no dataset "fims"\. Did you mean films\?/,
    );
    assert.match(await failureOf('advise', { task: 'none', folder: 'scratch' }), /There is no task "none"\./);
    assert.match(
      await failureOf('advise', { folder: 'attic' }),
      /Folder "attic" is not open. Open folders: /,
    );
    assert.match(await failureOf('what_if', { dataset: 'films', num_examples: -1 }), /num_examples/);
    assert.match(await failureOf('what_if', { dataset: 'films' }), /num_examples/);
    assert.match(
      await failureOf('what_if', { dataset: 'films', num_examples: 5, unit: 'hours' }),
      /films is counted in examples, which cannot be converted to hours\./,
    );
  });

  it('ask which folder is meant where several would do', async () => {
    await scratch('a.py', XRAY);
    assert.match(await failureOf('advise', {}), /Several folders are open: .*scratch.*\. Set "folder"/);
  });

  it('stop when they are cancelled', async () => {
    await scratch('a.py', XRAY);
    const source = new vscode.CancellationTokenSource();
    source.cancel();
    await assert.rejects(
      Promise.resolve(
        vscode.lm.invokeTool(
          'strategy-advisor_advise',
          { input: { task: 'fracture' }, toolInvocationToken: undefined },
          source.token,
        ),
      ),
      (error: unknown) => error instanceof Error && /cancel/i.test(`${error.name} ${error.message}`),
    );
  });
});
