import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const CLI = path.join(__dirname, '../../dist/cli.mjs');
const EXAMPLES = path.join(__dirname, '../../examples');
const env = { ...process.env, LANG: 'C', LC_ALL: 'C' };

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a line of shell in which `$S` is this program. */
function shell(line: string): Ended {
  const S = `'${process.execPath}' '${CLI}'`;
  return spawnSync('sh', ['-c', line.replaceAll('$S', S)], { cwd: EXAMPLES, env, encoding: 'utf8' });
}

const onLinux = process.platform === 'linux' ? '' : ' (skipped: needs /dev/full and ulimit of Linux)';

describe('ordinary trouble is said in a sentence, without a stack', () => {
  before(function () {
    if (onLinux !== '') {
      this.test!.parent!.title += onLinux;
      this.skip();
    }
  });

  for (const [what, line, status, text] of [
    [
      'a full disk behind the output',
      '$S advise radiology >/dev/full',
      1,
      /^Cannot write the output: ENOSPC/,
    ],
    [
      'a full disk behind JSON',
      '$S advise radiology --json >/dev/full',
      1,
      /^Cannot write the output: ENOSPC/,
    ],
    [
      'too few addresses for WebAssembly',
      'ulimit -v 8000000; $S datasets numbers',
      1,
      /^Not enough memory: .*ulimit -v/,
    ],
  ] as const)
    it(what, () => {
      const ended = shell(line);
      assert.match(ended.stderr, text);
      assert.doesNotMatch(ended.stderr, /^ +at /m);
      assert.equal(ended.status, status);
    });

  it('and a reader that has seen enough is none', () => {
    const { stdout, stderr } = shell('$S advise radiology | head -1');
    assert.match(stdout, /^TARGET/);
    assert.equal(stderr, '');
  });

  it('and `help` is understood', () => {
    assert.match(shell('$S help').stdout, /^Recommends a training strategy/);
    assert.match(shell('$S help pilot').stdout, /^Usage: strategy-advisor pilot/);
  });
});

describe('an MCP client that makes mistakes gets answers', () => {
  const hello =
    '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}\n';
  interface Answer {
    readonly id: unknown;
    readonly error?: { readonly code: number };
    readonly result?: object;
  }
  /** What the server answers to lines after the first, by their ids. */
  const answers = (input: string): Map<unknown, Answer> => {
    const { stdout, status } = spawnSync(process.execPath, [CLI, 'mcp', 'radiology'], {
      ...{ cwd: EXAMPLES, env, encoding: 'utf8', input: hello + input },
    });
    assert.equal(status, 0);
    const lines = stdout.trim().split('\n');
    return new Map(lines.map(line => JSON.parse(line) as Answer).map(each => [each.id, each]));
  };

  for (const [what, input, code] of [
    ['garbage', 'garbage\n', -32_700],
    ['a batch', '[{"jsonrpc":"2.0","id":2,"method":"ping"}]\n', -32_600],
    ['a message of another shape', '{"hello": true}\n', -32_600],
  ] as const)
    it(`to ${what}`, () => {
      assert.equal(answers(input).get(null)?.error?.code, code);
    });

  it('to a last line without a line break, and to arguments that are null', () => {
    const call = (id: number, args: string): string =>
      `{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{"name":"advise","arguments":${args}}}`;
    const all = answers(`${call(2, 'null')}\n{"jsonrpc":"2.0","id":3,"method":"nope"}\n${call(4, '{}')}`);
    assert.equal(all.get(2)?.error?.code, -32_602);
    assert.equal(all.get(3)?.error?.code, -32_601);
    assert.ok(all.get(4)?.result);
  });
});
