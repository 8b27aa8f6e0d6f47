import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import manifest from '../../package.json';
import adviseSchema from '../../schemas/advise.schema.json';
import datasetsSchema from '../../schemas/datasets.schema.json';
import whatIfSchema from '../../schemas/what-if.schema.json';
import { REPOSITORY_TEXT_NOTE } from '../../src/agents/tool-answer';
import type { AdviseOutput } from '../../src/protocol/advise-schema';
import type { DatasetsOutput } from '../../src/protocol/datasets-output';
import type { WhatIfOutput } from '../../src/protocol/what-if-output';
import { createFolder, removeFolders, type Folder } from '../unit/workspace/support';

const CLI = path.join(__dirname, '../../dist/cli.mjs');

const XRAY = [
  '# @dataset photos task=things input=image:224x224x3 num_examples=1.28M',
  '# @dataset films task=fracture input=image:224x224x3 num_examples=5k',
  '# @task fracture target category=image-classification output=class:2 shares_features_with=things num_params=25M',
  '',
].join('\n');

const rows = (count: number): string =>
  `x,y\n${Array.from({ length: count }, (_, i) => `${i},${i % 2}\n`).join('')}`;

describe('strategy-advisor mcp', () => {
  let client: Client;
  let transport: StdioClientTransport;
  let folder: Folder;

  async function connect(args: readonly string[] = []): Promise<void> {
    client = new Client({ name: 'test', version: '1.0.0' });
    transport = new StdioClientTransport({
      command: process.execPath,
      args: [CLI, ...args, 'mcp', folder.root],
      env: { LANG: 'C' },
      stderr: 'pipe',
    });
    await client.connect(transport);
    // From here on the client checks every structured answer against the schema that the server gives.
    await client.listTools();
  }

  async function call(name: string, input: object): Promise<CallToolResult> {
    return (await client.callTool({ name, arguments: { ...input } })) as CallToolResult;
  }

  async function ask<T>(name: string, input: object): Promise<T> {
    const { structuredContent, content, isError } = await call(name, input);
    assert.notEqual(isError, true, JSON.stringify(content));
    const [text, note] = content;
    assert.ok(text?.type === 'text');
    assert.deepEqual(note, { type: 'text', text: REPOSITORY_TEXT_NOTE });
    assert.deepEqual(JSON.parse(text.text), structuredContent);
    return structuredContent as T;
  }

  async function failureOf(name: string, input: object): Promise<string> {
    const { isError, content, structuredContent } = await call(name, input);
    assert.equal(isError, true);
    assert.equal(structuredContent, undefined);
    const [text] = content;
    assert.ok(text?.type === 'text');
    return text.text;
  }

  beforeEach(async () => {
    folder = createFolder({ 'train.py': XRAY });
    await connect();
  });

  afterEach(async () => {
    await client.close();
    removeFolders();
  });

  it('tells what it is, and offers three tools that only read', async () => {
    assert.deepEqual(client.getServerVersion(), { name: 'strategy-advisor', version: manifest.version });
    assert.match(client.getInstructions() ?? '', /call advise before choosing/);
    const { tools } = await client.listTools();
    assert.deepEqual(
      tools.map(({ name, outputSchema }) => [name, outputSchema]),
      [
        ['advise', adviseSchema],
        ['count_dataset', datasetsSchema],
        ['what_if', whatIfSchema],
      ],
    );
    for (const { annotations, inputSchema, description } of tools) {
      assert.equal(annotations?.readOnlyHint, true);
      assert.equal(annotations.openWorldHint, false);
      assert.equal(inputSchema['additionalProperties'], false);
      assert.ok(description !== undefined && description.length > 100);
    }
  });

  it('advises, by paths relative to the folder', async () => {
    const { advice } = await ask<AdviseOutput>('advise', {});
    assert.deepEqual(
      advice.map(({ task, recommendation, from }) => [task, recommendation, from]),
      [['fracture', 'transfer', ['things']]],
    );
    const places = advice.flatMap(({ conditions }) => conditions.flatMap(({ evidence }) => evidence));
    assert.ok(places.length > 0 && places.every(({ file }) => file === 'train.py'));
  });

  it('reads the files anew for each answer', async () => {
    folder.write({ 'train.py': XRAY.replace('5k', '50M') });
    const grown = await ask<AdviseOutput>('advise', { task: 'fracture' });
    assert.equal(grown.advice[0]?.recommendation, 'single-task');
    folder.write({ 'train.py': '# @dataset films task=fracture num_examples=much\n' });
    const broken = await ask<AdviseOutput>('advise', {});
    assert.deepEqual(
      broken.diagnostics.map(({ file, line, code }) => [file, line, code]),
      [['train.py', 1, 'bad-number']],
    );
  });

  it('counts data, and says why it could not', async () => {
    folder.write({
      'data/rows.csv': rows(300),
      'train.py': [
        '# @dataset a task=t num_examples=100 label=y path=data/rows.csv',
        '# @dataset b task=t path=data/nowhere.csv',
        '# @dataset c task=t path=https://example.org/c.csv',
        '# @dataset d task=t num_examples=5',
        '',
      ].join('\n'),
    });
    const { datasets } = await ask<DatasetsOutput>('count_dataset', {});
    assert.deepEqual(
      datasets.map(({ name, counted, issues }) => [name, counted?.value, issues.map(({ code }) => code)]),
      [
        ['a', 300, ['stale-size']],
        ['b', undefined, ['path-missing']],
        ['c', undefined, ['path-remote']],
        ['d', undefined, ['no-path']],
      ],
    );
    assert.deepEqual(datasets[0]?.counted?.classes, { 0: 150, 1: 150 });
    folder.write({ 'data/rows.csv': rows(400) });
    const after = await ask<DatasetsOutput>('count_dataset', { dataset: 'a' });
    assert.deepEqual(
      after.datasets.map(({ name, counted }) => [name, counted?.value]),
      [['a', 400]],
    );
  });

  it('says what another size would change, and leaves the file alone', async () => {
    const output = await ask<WhatIfOutput>('what_if', { dataset: 'films', num_examples: 5e7 });
    const [change, ...others] = output.changes;
    assert.equal(others.length, 0);
    assert.deepEqual(
      [output.before, output.after, change?.before?.recommendation, change?.after?.recommendation],
      [5000, 5e7, 'transfer', 'single-task'],
    );
    const again = await ask<AdviseOutput>('advise', {});
    assert.equal(again.advice[0]?.recommendation, 'transfer');
  });

  it('answers a wrong question with what to ask instead', async () => {
    assert.equal(
      await failureOf('what_if', { dataset: 'fims', num_examples: 5 }),
      'There is no dataset "fims". Did you mean films?',
    );
    assert.match(await failureOf('what_if', { dataset: 'films', num_examples: '20k' }), /expected a number/);
    assert.match(await failureOf('count_dataset', { data: 'films' }), /Unknown field "data"/);
    assert.match(await failureOf('advise', { task: 7 }), /"task" is 7, expected a non-empty string/);
    folder.write({ 'train.py': '' });
    assert.match(await failureOf('advise', {}), /No annotations found\. .*@dataset/);
    await assert.rejects(call('train', {}), /There is no tool "train"\. Tools: advise, /);
  });

  it('speaks Korean where that is asked for', async () => {
    await client.close();
    await connect(['--lang', 'ko']);
    const { tools } = await client.listTools();
    assert.match(tools[0]?.annotations?.title ?? '', /[가-힣]/);
    assert.match(await failureOf('advise', { task: 'x' }), /[가-힣]/);
  });

  it('goes on serving when the agent no longer waits for an answer', async () => {
    folder.write({
      ...Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`data/${i}.csv`, rows(20_000)])),
      'train.py': Array.from(
        { length: 60 },
        (_, i) => `# @dataset d${i} task=t label=y path=data/${i}.csv\n`,
      ).join(''),
    });
    const controller = new AbortController();
    const counting = client.callTool({ name: 'count_dataset', arguments: {} }, undefined, {
      signal: controller.signal,
    });
    await wait(50);
    controller.abort();
    await assert.rejects(counting);
    const { datasets } = await ask<DatasetsOutput>('count_dataset', { dataset: 'd7' });
    assert.equal(datasets[0]?.counted?.value, 20_000);
  });

  it('answers what was asked before its input closes, and ends by itself', async () => {
    const child = spawn(process.execPath, [CLI, 'mcp'], { cwd: folder.root });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    const message = (id: number, method: string, params: object): string =>
      `${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`;
    child.stdin.end(
      message(1, 'initialize', {
        protocolVersion: '2025-06-18',
        capabilities: {},
        clientInfo: { name: 'test', version: '1' },
      }) + message(2, 'tools/call', { name: 'advise', arguments: {} }),
    );
    const [status] = (await once(child, 'close')) as [number | null];
    assert.equal(status, 0);
    const answers = output
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as { id: number; result: { structuredContent?: AdviseOutput } });
    assert.deepEqual(
      answers.map(({ id }) => id),
      [1, 2],
    );
    assert.equal(answers[1]?.result.structuredContent?.advice[0]?.task, 'fracture');
  });

  it('ends on a signal', async () => {
    const child = spawn(process.execPath, [CLI, 'mcp'], { cwd: folder.root });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stdin.write(
      `${JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'initialize',
        params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 't', version: '1' } },
      })}\n`,
    );
    while (!output.includes('\n')) await wait(10);
    child.kill('SIGTERM');
    const [status] = (await once(child, 'close')) as [number | null];
    assert.equal(status, 0);
  });

  it('refuses what is no folder', async () => {
    for (const args of [['nowhere'], ['train.py'], ['.', '.']]) {
      const child = spawn(process.execPath, [CLI, 'mcp', ...args], { cwd: folder.root });
      const [status] = (await once(child, 'close')) as [number | null];
      assert.equal(status, 2, args.join(' '));
    }
  });
});
