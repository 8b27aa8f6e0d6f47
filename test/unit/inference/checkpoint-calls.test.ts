import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type CheckpointCall, checkpointCalls } from '../../../src/inference/checkpoint-calls';
import { withPythonTree } from '../../../src/inference/python-parser';

async function callsIn(...lines: readonly string[]): Promise<readonly CheckpointCall[]> {
  return (await withPythonTree(lines.join('\n'), checkpointCalls)) ?? [];
}

/** Each line with its imports, and what it loads: library, name, name in the catalogue. */
const FOUND: readonly (readonly [code: string, expected: readonly (string | undefined)[]])[] = [
  [
    'import timm\ntimm.create_model("resnet18", pretrained=True)',
    ['timm', 'resnet18', 'timm/resnet18.a1_in1k'],
  ],
  [
    'from timm import create_model as make\nmake(model_name="hf_hub:timm/resnet50.a1_in1k", pretrained=True)',
    ['timm', 'resnet50.a1_in1k', 'timm/resnet50.a1_in1k'],
  ],
  [
    'import timm\nNAME = "resnet18"\nx = timm.create_model(NAME, True, num_classes=2)',
    ['timm', 'resnet18', 'timm/resnet18.a1_in1k'],
  ],
  [
    'import torchvision\nm = torchvision.models.resnet50(weights="IMAGENET1K_V2")',
    ['torchvision', 'resnet50', 'resnet50'],
  ],
  [
    'from torchvision import models\nm = models.resnet50(pretrained=True)',
    ['torchvision', 'resnet50', 'resnet50'],
  ],
  [
    'from torchvision.models import resnet50, ResNet50_Weights\nm = resnet50(ResNet50_Weights.DEFAULT)',
    ['torchvision', 'resnet50', 'resnet50'],
  ],
  [
    'import torchvision.models.detection as d\nd.fasterrcnn_resnet50_fpn(weights="DEFAULT")',
    ['torchvision', 'fasterrcnn_resnet50_fpn', 'fasterrcnn_resnet50_fpn'],
  ],
  [
    'from torchvision.models import get_model\nget_model("vgg16", weights="DEFAULT")',
    ['torchvision', 'vgg16', 'vgg16'],
  ],
  [
    'from transformers import AutoModel\nAutoModel.from_pretrained("bert-base-" "uncased")',
    ['transformers', 'bert-base-uncased', 'bert-base-uncased'],
  ],
  [
    'import transformers as t\nt.BertModel.from_pretrained("own/model")',
    ['transformers', 'own/model', undefined],
  ],
  [
    'from transformers import pipeline\npipeline("text-classification", model="distilbert-base-uncased")',
    ['transformers', 'distilbert-base-uncased', 'distilbert-base-uncased'],
  ],
  [
    'from sentence_transformers import SentenceTransformer\nSentenceTransformer("all-MiniLM-L6-v2")',
    ['sentence-transformers', 'all-MiniLM-L6-v2', 'sentence-transformers/all-MiniLM-L6-v2'],
  ],
  [
    'from tensorflow import keras\nkeras.applications.ResNet50(weights="imagenet", include_top=False)',
    ['keras', 'ResNet50', 'keras/ResNet50'],
  ],
  ['import tensorflow as tf\ntf.keras.applications.vgg16.VGG16()', ['keras', 'VGG16', 'keras/VGG16']],
  [
    'from keras.applications import EfficientNetB0 as Net\nNet(include_top=False)',
    ['keras', 'EfficientNetB0', 'keras/EfficientNetB0'],
  ],
  [
    'import torch\ntorch.hub.load("facebookresearch/dinov2", "dinov2_vits14")',
    ['torch-hub', 'dinov2_vits14', 'facebook/dinov2-small'],
  ],
  [
    'import torch\ntorch.hub.load("pytorch/vision:v0.10.0", "resnet50", weights="DEFAULT")',
    ['torch-hub', 'resnet50', 'resnet50'],
  ],
  [
    'import tensorflow_hub as hub\nhub.load("https://tfhub.dev/google/yamnet/1")',
    ['tensorflow-hub', 'https://tfhub.dev/google/yamnet/1', undefined],
  ],
  ['import whisper\nwhisper.load_model("base")', ['whisper', 'base', 'openai/whisper-base']],
  [
    'import torchaudio\ntorchaudio.pipelines.HUBERT_BASE.get_model()',
    ['torchaudio', 'HUBERT_BASE', 'torchaudio/HUBERT_BASE'],
  ],
];

const NOT_FOUND: readonly string[] = [
  'import timm\ntimm.create_model("resnet50")',
  'import timm\ntimm.create_model("resnet50", pretrained=False)',
  'import timm\nx = "resnet50"\nx = "vgg16"\ntimm.create_model(x, pretrained=True)',
  'timm.create_model("resnet50", pretrained=True)',
  'from torchvision import models\nmodels.resnet50(weights=None)',
  'from torchvision import models\nmodels.resnet50()',
  'from transformers import AutoTokenizer\nAutoTokenizer.from_pretrained("bert-base-uncased")',
  'from tensorflow import keras\nkeras.applications.ResNet50(weights=None)',
  'import torch\ntorch.hub.load("pytorch/vision", "resnet50")',
  '# import timm\n"""\nimport timm\ntimm.create_model("resnet50", pretrained=True)\n"""',
  'import timm\nname = f"resnet{n}"\ntimm.create_model(name, pretrained=True)',
];

describe('calls that load checkpoints', () => {
  it('are recognised where they stand', async () => {
    for (const [code, expected] of FOUND) {
      const calls = await callsIn(code);
      assert.deepEqual(
        calls.map(({ library, name, known }) => [library, name, known?.name]),
        [expected],
        code,
      );
    }
  });

  it('are none without weights, without an import, in comments and texts', async () => {
    for (const code of NOT_FOUND) assert.deepEqual(await callsIn(code), [], code);
  });

  it('are placed at the statement that they begin', async () => {
    const [call] = await callsIn(
      'import timm',
      'class Net:',
      '    def __init__(self):',
      '        self.model = wrap(',
      '            timm.create_model(',
      '                "resnet50", pretrained=True))',
    );
    assert.equal(call?.line, 3);
    assert.deepEqual(call.range, { start: { line: 4, column: 12 }, end: { line: 5, column: 44 } });
  });

  it('stand in programs with errors, and no text stops the parser', async () => {
    const calls = await callsIn(
      'import timm',
      'x = = 3',
      'm = timm.create_model("resnet50", pretrained=True)',
    );
    assert.equal(calls.length, 1);
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 80, unit: 'binary' }), async text => {
        assert.deepEqual(await callsIn(text), []);
      }),
      { numRuns: 60 },
    );
  });

  it('are not looked for in texts of megabytes', async () => {
    assert.equal(await withPythonTree('#'.repeat(2_000_001), checkpointCalls), undefined);
  });
});
