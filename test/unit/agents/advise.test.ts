import assert from 'node:assert/strict';
import { advise } from '../../../src/advisor/advisor';
import { adviseTool } from '../../../src/agents/advise-tool';
import { adviseOutput } from '../../../src/protocol/advise-output';
import { RADIOLOGY, go, workspace } from './support';

describe('the tool advise', () => {
  it('says what the command line says of all targets', async () => {
    const asked = workspace(...RADIOLOGY);
    assert.deepEqual(await adviseTool(asked, {}, go), adviseOutput(asked.problem, advise(asked.problem), []));
  });

  it('advises on a task that is no target, when it is named', async () => {
    const { advice } = await adviseTool(workspace(...RADIOLOGY), { task: 'object-recognition' }, go);
    assert.deepEqual(
      advice.map(({ task }) => task),
      ['object-recognition'],
    );
  });

  it('names what there is where a name is wrong', async () => {
    const asked = workspace(...RADIOLOGY);
    await assert.rejects(adviseTool(asked, { task: 'pneumona' }, go), {
      message: 'There is no task "pneumona". Did you mean pneumonia?',
    });
    await assert.rejects(adviseTool(asked, { task: 'x' }, go), {
      message: 'There is no task "x". Tasks: object-recognition, pneumonia.',
    });
    await assert.rejects(adviseTool(workspace(), { task: 'x' }, go), {
      message: 'There is no task "x". No tasks are annotated.',
    });
  });

  it('stops between two targets when it is cancelled', async () => {
    const many = workspace(
      ...Array.from({ length: 50 }, (_, i) => `# @dataset d${i} task=t${i} num_examples=5k`),
    );
    let pauses = 0;
    const cancelled = adviseTool(many, {}, () => {
      pauses++;
      return pauses < 3 ? Promise.resolve() : Promise.reject(new Error('cancelled'));
    });
    await assert.rejects(cancelled, { message: 'cancelled' });
    assert.equal(pauses, 3);
  });
});
