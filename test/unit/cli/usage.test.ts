import assert from 'node:assert/strict';
import manifest from '../../../package.json';
import { createFolder, removeFolders } from '../workspace/support';
import { cli } from './support';

/** Standard error of a wrong usage. */
async function refusal(...args: string[]): Promise<string> {
  const { status, stdout, stderr } = await cli(args);
  assert.equal(status, 2, args.join(' '));
  assert.equal(stdout, '');
  return stderr;
}

describe('the usage of strategy-advisor', () => {
  afterEach(removeFolders);

  it('prints help and its version on standard output', async () => {
    for (const flag of ['--help', '-h']) {
      const { status, stdout, stderr } = await cli([flag]);
      assert.deepEqual([status, stderr], [0, '']);
      assert.match(stdout, /^Recommends a training strategy for the data you have/);
      for (const word of ['advise', 'datasets', '--json', '--lang en\\|ko', '--version'])
        assert.match(stdout, new RegExp(word));
    }
    for (const flag of ['--version', '-v'])
      assert.deepEqual(await cli([flag]), { status: 0, stdout: `${manifest.version}\n`, stderr: '' });
  });

  it('has a help for each command, whatever else is said', async () => {
    for (const name of ['advise', 'datasets'])
      for (const args of [
        [name, '--help'],
        [name, '--json', '-h', 'missing'],
      ]) {
        const { status, stdout } = await cli(args);
        assert.equal(status, 0);
        assert.match(stdout, new RegExp(`^Usage: strategy-advisor ${name} PATH…`));
        assert.match(stdout, /--json +Print the result as one JSON object/);
      }
  });

  it('keeps help within the terminal', async () => {
    for (const args of [['--help'], ['advise', '--help']]) {
      const { stdout } = await cli(args, { columns: 50 });
      for (const line of stdout.split('\n')) assert.ok(line.length <= 50, line);
    }
  });

  it('names the nearest command', async () => {
    assert.match(await refusal('advice', '.'), /Unknown command "advice"\. Did you mean advise\?/);
    assert.match(await refusal('dataset', '.'), /Did you mean datasets\?/);
    assert.match(await refusal('frobnicate'), /Available commands: advise, datasets/);
    assert.match(await refusal(), /Missing command\./);
  });

  it('takes a path without a command for what it is', async () => {
    const { root } = createFolder({ 'train.py': '' });
    const { status, stderr } = await cli(['train.py'], { cwd: root });
    assert.equal(status, 2);
    assert.match(stderr, /Did you mean strategy-advisor advise train\.py\?/);
  });

  it('names the nearest option', async () => {
    assert.match(await refusal('advise', '.', '--jason'), /Unknown option --jason\. Did you mean --json\?/);
    assert.match(await refusal('advise', '.', '-x'), /Unknown option -x\. Available options: --json/);
    assert.match(await refusal('advise', '.', '--constructor'), /Unknown option --constructor\./);
    assert.match(await refusal('--verbose'), /Unknown option --verbose\./);
  });

  it('wants a path, and values where they belong', async () => {
    assert.match(await refusal('advise'), /advise requires the path .*: strategy-advisor advise \./);
    assert.match(await refusal('datasets', '--json'), /datasets requires the path/);
    assert.match(await refusal('advise', '.', '--json=yes'), /--json does not take a value/);
    assert.match(await refusal('advise', '.', '--lang'), /--lang requires a value\. Use one of: en, ko/);
    assert.match(
      await refusal('advise', '.', '--lang', 'tlh'),
      /Invalid value "tlh" for --lang\. Use one of: en, ko/,
    );
  });

  it('takes everything behind -- for a path', async () => {
    const { root } = createFolder({ '--json': '#!/bin/sh\n# @dataset d task=t num_examples=5k\n' });
    const { status, stdout } = await cli(['advise', '--', '--json'], { cwd: root });
    assert.equal(status, 0);
    assert.match(stdout, /^TARGET/);
  });

  it('takes options before the command too', async () => {
    const { root } = createFolder({ 'a.py': '# @dataset d task=t num_examples=5k\n' });
    const { status, stdout } = await cli(['--lang', 'en', 'datasets', '.'], { cwd: root });
    assert.equal(status, 0);
    assert.match(stdout, /^DATASET/);
  });
});
