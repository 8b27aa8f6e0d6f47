import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { agentToolsFor } from '../../../src/cli/agent-tools';
import { createFolder, removeFolders } from '../workspace/support';

const rows = `x,y\n${Array.from({ length: 20_000 }, (_, i) => `${i},${i % 2}\n`).join('')}`;

describe('a tool that is served', () => {
  afterEach(removeFolders);

  it('counts what a well-known checkpoint was trained on', async () => {
    const { root } = createFolder({
      'train.py':
        '# @dataset xray task=pneumonia input=image num_examples=2k\n# @task pneumonia checkpoint=resnet50\n',
    });
    const advise = agentToolsFor(root).find(({ name }) => name === 'advise');
    const answer = JSON.stringify(await advise?.call({}, new AbortController().signal));
    assert.match(answer, /"task":"pneumonia".*"recommendation":"transfer".*"from":\["imagenet-1k"\]/);
    assert.doesNotMatch(answer, /"task":"imagenet-1k"/);
  });

  for (const name of ['advise', 'count_dataset'])
    it(`stops in the middle when ${name} is cancelled`, async () => {
      const count = 60;
      const annotations = Array.from(
        { length: count },
        (_, i) => `# @dataset d${i} task=t${i} num_examples=5k label=y path=data.csv\n`,
      ).join('');
      const { root } = createFolder({ 'data.csv': rows, 'train.py': annotations });
      const tool = agentToolsFor(root).find(each => each.name === name);
      assert.ok(tool);
      const start = performance.now();
      await tool.call({}, new AbortController().signal);
      const whole = performance.now() - start;
      const controller = new AbortController();
      const called = tool.call({}, controller.signal);
      const abort = wait(whole / 10).then(() => {
        controller.abort();
      });
      const again = performance.now();
      await assert.rejects(called, { name: 'AbortError' });
      assert.ok(performance.now() - again < whole * 0.8);
      await abort;
    });
});
