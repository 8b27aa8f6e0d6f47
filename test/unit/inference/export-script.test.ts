import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { CHECKPOINTS } from '../../../src/catalogue/checkpoint-catalogue';
import type { CheckpointLibrary } from '../../../src/inference/checkpoint-calls';
import { type ExportScript, exportScript } from '../../../src/inference/export-script';
import { withPythonTree } from '../../../src/inference/python-parser';

const scriptOf = (library: CheckpointLibrary, name: string): ExportScript | undefined =>
  exportScript({ library, name });

const EXPORTED: readonly (readonly [CheckpointLibrary, string, RegExp])[] = [
  ['timm', 'resnet18.a1_in1k', /timm\.create_model\("resnet18\.a1_in1k", pretrained=True\)/],
  ['torchvision', 'resnet50', /torchvision\.models\.get_model\("resnet50", weights=weights\)/],
  [
    'transformers',
    'google/vit-base-patch16-224',
    /main_export\("google\/vit-base-patch16-224", output="models\/google-vit-base-patch16-224"/,
  ],
  ['sentence-transformers', 'all-MiniLM-L6-v2', /main_export\("sentence-transformers\/all-MiniLM-L6-v2"/],
  ['keras', 'ResNet50', /keras\.applications\.ResNet50\(weights="imagenet"\)/],
  ['whisper', 'base', /main_export\("openai\/whisper-base".*task="automatic-speech-recognition"/],
];

const hasPython = spawnSync('python3', ['--version']).status === 0;

describe('the Python that exports a checkpoint', () => {
  it('loads it as its library does, and is Python', async function () {
    const programs: string[] = [];
    for (const [library, name, pattern] of EXPORTED) {
      const lines = scriptOf(library, name)?.lines.join('\n') ?? '';
      assert.match(lines, pattern);
      assert.equal(await withPythonTree(lines, root => root.hasError), false, lines);
      programs.push(lines);
    }
    if (!hasPython) return;
    // Python itself reads each of them; nothing is run.
    const input = JSON.stringify(programs);
    const check = 'import ast, json, sys\nfor each in json.load(sys.stdin): ast.parse(each)';
    execFileSync('python3', ['-c', check], { input });
  });

  it('stays inside its folder and its quotes, whatever the name', async () => {
    for (const name of ['../../etc/passwd', 'a"b', 'x\\', 'a\nimport os', '...', '//', '🤖']) {
      const script = scriptOf('transformers', name);
      assert.ok(script);
      assert.match(script.folder, /^models\/\w[\w.-]*$/);
      assert.ok(!script.folder.includes('..'));
      const root = await withPythonTree(script.lines.join('\n'), tree =>
        tree.hasError ? [] : tree.namedChildren.map(({ type }) => type),
      );
      assert.deepEqual(root, ['import_from_statement', 'expression_statement'], name);
    }
  });

  it('is none for libraries that are not exported', () => {
    for (const library of ['torch-hub', 'tensorflow-hub', 'torchaudio'] as const)
      assert.equal(scriptOf(library, 'x'), undefined);
  });

  it('takes an image classifier with its head, and of others the encoder', () => {
    const taskOf = (name: string): string | undefined => {
      const known = CHECKPOINTS.find(each => each.name === name);
      const lines = exportScript({ library: 'transformers', name, known })?.lines.join('\n') ?? '';
      return /task="([\w-]+)"/.exec(lines)?.[1];
    };
    assert.equal(taskOf('google/vit-base-patch16-224'), 'image-classification');
    assert.equal(taskOf('bert-base-uncased'), 'feature-extraction');
  });
});
