// The lines of Python that write a checkpoint as ONNX, with what its inputs need beside it.
import type { KnownCheckpoint } from '../catalogue/checkpoint-catalogue';
import { trimWhere } from '../common/trim-text';
import type { CheckpointCall } from './checkpoint-calls';

export interface ExportScript {
  /** The folder that it writes, relative to where it runs; `checkpoint=` names it. */
  readonly folder: string;
  /** The packages of Python that it needs. */
  readonly packages: readonly string[];
  readonly lines: readonly string[];
}

/** What is to be exported: a call that was found, or an entry of the catalogue. */
export type Exported = Pick<CheckpointCall, 'library' | 'name'> & {
  readonly loader?: string;
  readonly known?: KnownCheckpoint | undefined;
};

/** `undefined` where no export of the library is known. */
export function exportScript(exported: Exported): ExportScript | undefined {
  const folder = `models/${folderName(exported.name)}`;
  switch (exported.library) {
    case 'timm':
      return { folder, packages: ['timm', '"torch>=2.5"', 'onnx'], lines: timmLines(exported.name, folder) };
    case 'torchvision':
      // Detectors, segmentation and video have transforms of their own.
      if (exported.known && exported.known.category !== 'image-classification') return undefined;
      return {
        folder,
        packages: ['torchvision', '"torch>=2.5"', 'onnx'],
        lines: torchvisionLines(exported.name, folder),
      };
    case 'transformers':
    case 'sentence-transformers':
    case 'whisper':
      return {
        folder,
        packages: ['"optimum-onnx[onnxruntime]"'],
        lines: hubLines(
          hubName(exported),
          folder,
          exported.library === 'whisper' ? 'automatic-speech-recognition' : taskOf(exported),
        ),
      };
    case 'keras':
      return { folder, packages: ['tensorflow', 'tf2onnx'], lines: kerasLines(exported, folder) };
    case 'torch-hub':
    case 'tensorflow-hub':
    case 'torchaudio':
      return undefined;
  }
}

/** A name without what would lead out of a folder. */
function folderName(name: string): string {
  const safe = trimWhere(name.replace(/[^\w.-]+/g, '-'), each => each === '-' || each === '.');
  return safe === '' ? 'checkpoint' : safe;
}

/** A text as Python reads it. */
const text = (value: string): string => JSON.stringify(value);

function timmLines(name: string, folder: string): readonly string[] {
  return [
    'import json, os, timm, torch',
    '',
    `folder = ${text(folder)}`,
    `model = timm.create_model(${text(name)}, pretrained=True).eval()`,
    'data = timm.data.resolve_model_data_config(model)',
    'channels, height, width = data["input_size"]',
    ...torchLines('data["mean"]', 'data["std"]'),
  ];
}

function torchvisionLines(name: string, folder: string): readonly string[] {
  return [
    'import json, os, torch, torchvision',
    '',
    `folder = ${text(folder)}`,
    `weights = torchvision.models.get_model_weights(${text(name)}).DEFAULT`,
    `model = torchvision.models.get_model(${text(name)}, weights=weights).eval()`,
    'data = weights.transforms()',
    'channels, height, width = 3, data.crop_size[0], data.crop_size[0]',
    ...torchLines('data.mean', 'data.std'),
  ];
}

/** Writes a model of images in PyTorch, and beside it the preprocessing as Hugging Face keeps it. */
function torchLines(mean: string, std: string): readonly string[] {
  return [
    'os.makedirs(folder, exist_ok=True)',
    'torch.onnx.export(',
    '    model, torch.zeros(1, channels, height, width), os.path.join(folder, "model.onnx"), dynamo=False,',
    '    input_names=["pixel_values"], output_names=["logits"], opset_version=17,',
    '    dynamic_axes={"pixel_values": {0: "batch"}, "logits": {0: "batch"}})',
    'preprocessing = {',
    '    "do_resize": True, "size": {"height": height, "width": width},',
    '    "do_rescale": True, "rescale_factor": 1 / 255,',
    `    "do_normalize": True, "image_mean": list(${mean}), "image_std": list(${std})}`,
    'with open(os.path.join(folder, "preprocessor_config.json"), "w") as file:',
    '    json.dump(preprocessing, file, indent=2)',
  ];
}

function hubLines(name: string, folder: string, task: string): readonly string[] {
  return [
    'from optimum.exporters.onnx import main_export',
    '',
    `main_export(${text(name)}, output=${text(folder)}, task=${text(task)}, library_name="transformers")`,
  ];
}

/** Sentence Transformers knows its own models without their owner. */
function hubName({ library, name, known }: Exported): string {
  if (library === 'whisper') return known?.name ?? `openai/whisper-${name}`;
  return library === 'sentence-transformers' && !name.includes('/') ? `sentence-transformers/${name}` : name;
}

/** Heads that were trained go with an image classifier; of other models the encoder is wanted. */
function taskOf({ known }: Exported): string {
  return known?.category === 'image-classification' ? 'image-classification' : 'feature-extraction';
}

function kerasLines({ name, loader }: Exported, folder: string): readonly string[] {
  const parts = (loader ?? '').split('.');
  const constructor = parts.at(-1) ?? name;
  return [
    'import os, keras',
    '',
    `folder = ${text(folder)}`,
    `model = keras.applications.${/^\w+$/.test(constructor) && constructor !== '' ? constructor : name}(weights="imagenet")`,
    'os.makedirs(folder, exist_ok=True)',
    'model.export(os.path.join(folder, "model.onnx"), format="onnx")',
  ];
}
