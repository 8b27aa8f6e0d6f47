import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import schema from '../../../schemas/what-if.schema.json';
import { advise } from '../../../src/advisor/advisor';
import { adviceChanges } from '../../../src/advisor/sensitivity';
import type { ToolWorkspace } from '../../../src/agents/advise-tool';
import { whatIfTool } from '../../../src/agents/what-if-tool';
import type { WhatIfOutput } from '../../../src/protocol/what-if-output';
import { problemOf } from '../../../src/workspace/annotated-files';
import { scanSync } from '../../../src/workspace/annotation-scan';
import { RADIOLOGY, go, workspace } from './support';

const EXAMPLES = path.join(__dirname, '../../../examples');
const validate = new Ajv({ allErrors: true }).compile(schema);

async function whatIf(
  asked: ToolWorkspace,
  dataset: string,
  size: number,
  task?: string,
): Promise<WhatIfOutput> {
  const input = { dataset, num_examples: size, ...(task === undefined ? {} : { task }) };
  const output = await whatIfTool(asked, input, go);
  assert.ok(validate(JSON.parse(JSON.stringify(output))), JSON.stringify(validate.errors));
  return output;
}

describe('the tool what_if', () => {
  it('says what changes, from what there is to train on, and why', async () => {
    const output = await whatIf(workspace(...RADIOLOGY), 'chest-xray', 50_000_000);
    assert.deepEqual(
      [output.dataset, output.unit, output.before, output.after],
      ['chest-xray', 'examples', 5000, 50_000_000],
    );
    const [change, ...others] = output.changes;
    assert.deepEqual([others, output.unchanged], [[], []]);
    assert.equal(
      change?.before?.headline,
      'pneumonia: transfer learning from object-recognition (high confidence)',
    );
    assert.match(change.after?.headline ?? '', /^pneumonia: single-task training/);
    const ample = change.conditions.find(({ id }) => id === 'single-task/target-ample');
    assert.deepEqual([ample?.before, ample?.after], ['unmet', 'met']);
    assert.match(ample?.statement ?? '', /50M examples/);
  });

  it('says what stays', async () => {
    const output = await whatIf(workspace(...RADIOLOGY), 'chest-xray', 6000);
    assert.deepEqual(output.changes, []);
    assert.deepEqual(
      output.unchanged.map(({ task, recommendation }) => [task, recommendation]),
      [['pneumonia', 'transfer']],
    );
  });

  it('goes by the rules, whatever a pilot has measured', async () => {
    const asked = workspace(...RADIOLOGY);
    const pilot = {
      task: 'pneumonia',
      decision: 'learning',
      outcome: 'better',
      recommendation: 'single-task',
      acceptable: ['single-task'],
      from: [],
      n: 5000,
      available: 5000,
      complete: true,
    } as const;
    const output = await whatIf({ ...asked, options: { pilots: [pilot] } }, 'chest-xray', 6000);
    assert.equal(output.unchanged[0]?.recommendation, 'transfer');
  });

  it('converts units that compare, and refuses others', async () => {
    const asked = workspace(
      '# @dataset talks task=transcript input=audio num_examples=100 unit=hours',
      '# @dataset bare task=transcript input=audio',
    );
    const input = { dataset: 'talks', num_examples: 90, unit: 'minutes' } as const;
    assert.deepEqual(
      await whatIfTool(asked, input, go).then(({ before, after, unit }) => [before, after, unit]),
      [100, 1.5, 'hours'],
    );
    await assert.rejects(whatIfTool(asked, { ...input, unit: 'words' }, go), {
      message: 'talks is counted in hours, which cannot be converted to words.',
    });
    const bare = await whatIfTool(asked, { ...input, dataset: 'bare', unit: 'hours' }, go);
    assert.deepEqual([bare.before, bare.after, bare.unit], [undefined, 90, 'hours']);
  });

  it('tells of a decision that arises only before or only after', async () => {
    const { problem } = problemOf(scanSync([path.join(EXAMPLES, 'speech-phonemes', '3000h')]).files);
    const asked: ToolWorkspace = { problem, options: {}, diagnostics: [] };
    const found = await Promise.all(
      problem.datasets.flatMap(({ name }) => [0, 1e9].map(size => whatIf(asked, name, size))),
    );
    const oneSided = found
      .flatMap(({ changes }) => changes)
      .filter(({ before, after }) => (before === undefined) !== (after === undefined));
    assert.ok(oneSided.length > 0);
    for (const { conditions, before } of oneSided)
      for (const condition of conditions)
        assert.equal(condition.before === undefined, before === undefined, condition.id);
  });

  for (const folder of readdirSync(EXAMPLES, { withFileTypes: true }).filter(each => each.isDirectory()))
    it(`agrees with the turning points of the advice on examples/${folder.name}`, async () => {
      const { problem } = problemOf(scanSync([path.join(EXAMPLES, folder.name)]).files);
      const asked: ToolWorkspace = { problem, options: {}, diagnostics: [] };
      for (const advice of advise(problem))
        for (const { variable, value, to } of adviceChanges(problem, advice)) {
          if (!variable.endsWith('.num_examples')) continue;
          const dataset = variable.slice(0, -'.num_examples'.length);
          const { changes } = await whatIf(asked, dataset, value, advice.task);
          const change = changes.find(
            ({ decision, stage }) => decision === advice.decision && stage === advice.stage,
          );
          assert.equal(change?.after?.recommendation, to, `${variable} = ${value}`);
        }
    });
});
