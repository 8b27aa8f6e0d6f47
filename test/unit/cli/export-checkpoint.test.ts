import assert from 'node:assert/strict';
import { createFolder, removeFolders } from '../workspace/support';
import { cli } from './support';

const TRAIN = [
  'import timm',
  'from sentence_transformers import SentenceTransformer',
  'model = timm.create_model("resnet18", pretrained=True)',
  'again = timm.create_model("resnet18", pretrained=True)',
  'texts = SentenceTransformer("all-MiniLM-L6-v2")',
  '',
].join('\n');

describe('strategy-advisor export-checkpoint', () => {
  afterEach(removeFolders);

  it('writes a program for each checkpoint that a file loads', async () => {
    const { root } = createFolder({ 'train.py': TRAIN });
    const { status, stdout, stderr } = await cli(['export-checkpoint', 'train.py'], { cwd: root });
    assert.equal(status, 0);
    assert.deepEqual(
      stdout.split('\n').filter(line => line.startsWith('# ')),
      [
        '# resnet18: pip install timm "torch>=2.5" onnx',
        '# all-MiniLM-L6-v2: pip install "optimum-onnx[onnxruntime]"',
      ],
    );
    assert.match(stderr, /checkpoint=models\/resnet18\./);
    assert.match(stderr, /checkpoint=models\/all-MiniLM-L6-v2\./);
  });

  it('takes well-known names, and says what else is wrong', async () => {
    const { root } = createFolder({ 'plain.py': 'print("hello")\n' });
    const named = await cli(['export-checkpoint', 'resnet50', 'keras/VGG16', 'bert-base-uncased'], {
      cwd: root,
    });
    assert.equal(named.status, 0);
    assert.match(named.stdout, /get_model\("resnet50"/);
    assert.match(named.stdout, /applications\.VGG16/);
    assert.match(named.stdout, /main_export\("bert-base-uncased"/);
    const slip = await cli(['export-checkpoint', 'resnte50', 'plain.py', 'HUBERT_BASE'], { cwd: root });
    assert.equal(slip.status, 1);
    assert.deepEqual(slip.stderr.trim().split('\n'), [
      'No well-known checkpoint is called resnte50. Did you mean resnet50?',
      'plain.py loads no pre-trained weights in a way that is recognised.',
      'torchaudio/HUBERT_BASE: checkpoints of torchaudio are not exported.',
    ]);
    const missing = await cli(['export-checkpoint', 'nowhere.py'], { cwd: root });
    assert.equal(missing.status, 1);
    assert.match(missing.stderr, /nowhere\.py/);
  });
});
