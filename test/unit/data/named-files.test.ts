import assert from 'node:assert/strict';
import { encode as encodePng } from 'fast-png';
import { openDataset } from '../../../src/data';
import { useScratch } from './helpers/files';

const ALL = { train: 1, validation: 0, test: 0 };

describe('data: images that a table names', () => {
  const scratch = useScratch();

  const picture = (brightness: number): Uint8Array =>
    encodePng({ width: 2, height: 2, channels: 1, data: new Uint8Array(4).fill(brightness) });

  it('are read from its folder and those below, with its labels, and no others', async () => {
    await scratch.write('a/pics/0.png', picture(0));
    await scratch.write('a/pics/1.png', picture(255));
    await scratch.write('a/other/2.png', picture(100));
    await scratch.write('b/secret.png', picture(50));
    const path = await scratch.write(
      'a/labels.csv',
      'path,label,n\npics/0.png,dark,1\npics/1.png,light,2\n../b/secret.png,light,3\npics/9.png,dark,4\n',
    );
    const dataset = await openDataset(path, {
      labels: { t: { column: 'label' } },
      input: { image: {} },
      shares: ALL,
    });
    assert.deepEqual(dataset.examples, { train: 2 });
    assert.deepEqual(dataset.pipeline.input.kind, 'image');
    assert.deepEqual(dataset.pipeline.labels['t'], {
      kind: 'class',
      column: 'label',
      classes: ['dark', 'light'],
    });
    const codes = dataset.issues().map(({ code }) => code);
    assert.ok(codes.includes('outside-root') && codes.includes('missing-file'), codes.join());
    const inputs: number[] = [];
    for await (const chunk of dataset.read('train')) inputs.push(...chunk.inputs);
    assert.deepEqual(inputs, [-1, -1, -1, -1, 1, 1, 1, 1]);
  });

  it('are not looked for where the table holds the numbers itself', async () => {
    const path = await scratch.write('pixels.csv', 'p0,p1,label\n0,255,a\n9,200,b\n');
    const { pipeline } = await openDataset(path, {
      labels: { t: { column: 'label' } },
      input: { image: {} },
      shares: ALL,
    });
    assert.equal(pipeline.input.kind, 'columns');
  });
});
