import assert from 'node:assert/strict';
import path from 'node:path';
import { agentToolsFor } from '../../../src/cli/agent-tools';
import { fencesIn, readPage, ROOT } from './support';

const fences = fencesIn(readPage('docs/agents.md')).map(({ text }) => JSON.parse(text) as object);

describe('docs/agents.md', () => {
  it('shows how to start a server that there is', () => {
    const servers = fences.flatMap(fence =>
      Object.entries(fence)
        .filter(([key]) => /servers$/i.test(key))
        .map(([, value]) => value as Record<string, { readonly args: readonly string[] }>),
    );
    assert.equal(servers.length, 2);
    for (const server of servers)
      assert.deepEqual(server['strategy-advisor']?.args.slice(0, 2), [
        '/path/to/strategy-advisor/dist/cli.mjs',
        'mcp',
      ]);
  });

  it('shows what the tool answers', async () => {
    const at = fences.findIndex(fence => 'num_examples' in fence);
    const tool = agentToolsFor(path.join(ROOT, 'examples/radiology')).find(({ name }) => name === 'what_if');
    assert.ok(tool && at >= 0);
    const answer = await tool.call(fences[at], new AbortController().signal);
    assert.deepEqual(fences[at + 1], JSON.parse(JSON.stringify(answer)));
  });
});
