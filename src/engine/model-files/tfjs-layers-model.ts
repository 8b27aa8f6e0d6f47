import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { io } from '@tensorflow/tfjs-core';
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';
import * as v from 'valibot';
import { errorMessage } from '../../common/errors';
import { isRecord } from '../../common/validation';
import { engineError } from '../engine-error';

const WEIGHTS_FILE = 'weights.bin';

const size = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What is looked at of a weight; TensorFlow.js, which reads the rest, gets all of it. */
const weight = v.object({ name: v.string(), shape: v.array(size), dtype: v.string() });
const isWeight = (value: unknown): boolean => v.is(weight, value);

/** The parts of a `model.json` that are used; everything else is kept as it is. */
const modelFile = v.object({
  format: v.exactOptional(v.unknown()),
  modelTopology: v.custom<object>(isRecord),
  weightsManifest: v.array(v.unknown()),
});

const weightGroup = v.object({
  paths: v.array(v.string()),
  weights: v.array(v.custom<io.WeightsManifestEntry>(isWeight)),
});

interface ModelFile {
  readonly modelTopology: object;
  readonly weightsManifest: readonly v.InferOutput<typeof weightGroup>[];
}

/**
 * Reads a TensorFlow.js layers model: `model.json` and the weight files that it names.
 * @throws EngineError `bad-file`, saying which file and what is wrong with it.
 */
export async function loadModel(path: string): Promise<LayersModel> {
  const file = parsed(path, await read(path));
  const entries = file.weightsManifest.flatMap(group => group.weights);
  const names = file.weightsManifest.flatMap(group => group.paths);
  const expected = entries.reduce((sum, entry) => sum + bytesOf(path, entry), 0);
  const parts = await Promise.all(names.map(name => read(within(path, name))));
  const weightData = new Uint8Array(Buffer.concat(parts)).buffer;
  if (weightData.byteLength !== expected) {
    throw engineError(
      'bad-file',
      `The weights of ${path} (${names.join(', ')}) are ${weightData.byteLength} bytes; ${expected} are expected. The download is incomplete, or the files belong to another model.`,
    );
  }
  try {
    return await loadLayersModel(
      io.fromMemory({ modelTopology: file.modelTopology, weightSpecs: entries, weightData }),
    );
  } catch (error) {
    throw engineError(
      'bad-file',
      `${path} is not a layers model that TensorFlow.js can build: ${errorMessage(error)}`,
      { cause: error },
    );
  }
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw engineError('bad-file', `${path} cannot be read: ${errorMessage(error)}`, { cause: error });
  }
}

function parsed(path: string, content: Buffer): ModelFile {
  let value: unknown;
  try {
    value = JSON.parse(content.toString('utf8'));
  } catch (error) {
    throw engineError('bad-file', `${path} is not JSON: ${errorMessage(error)}`, { cause: error });
  }
  const file = v.safeParse(modelFile, value);
  if (!file.success)
    throw engineError(
      'bad-file',
      `${path} is not a TensorFlow.js model: it has no "modelTopology" or no "weightsManifest".`,
    );
  const { format, modelTopology, weightsManifest } = file.output;
  if (format === 'graph-model')
    throw engineError(
      'bad-file',
      `${path} is a graph model, which cannot be trained; convert it as a layers model.`,
    );
  return { modelTopology, weightsManifest: weightsManifest.map((group, i) => parsedGroup(path, i, group)) };
}

function parsedGroup(path: string, index: number, group: unknown): v.InferOutput<typeof weightGroup> {
  const read = v.safeParse(weightGroup, group);
  if (read.success) return read.output;
  throw engineError(
    'bad-file',
    `${path} is not a TensorFlow.js model: entry ${index} of its "weightsManifest" needs "paths" (names of files) and "weights" (each with "name", "shape" and "dtype").`,
  );
}

/** A weight file of a model. @throws EngineError `bad-file` for one outside of the model's folder */
function within(path: string, name: string): string {
  const folder = resolve(dirname(path));
  const file = resolve(folder, name);
  const inside = relative(folder, file);
  if (inside !== '' && inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside)) return file;
  throw engineError(
    'bad-file',
    `${path} names weights outside of its folder ("${name}"). A model's files belong beside its model.json.`,
  );
}

const BYTES: Readonly<Record<string, number>> = {
  float32: 4,
  int32: 4,
  bool: 1,
  uint8: 1,
  uint16: 2,
  float16: 2,
};

function bytesOf(path: string, entry: io.WeightsManifestEntry): number {
  const size = BYTES[entry.quantization?.dtype ?? entry.dtype];
  if (size === undefined)
    throw engineError(
      'bad-file',
      `The weight "${entry.name}" of ${path} is of type ${entry.dtype}, which the engine does not know.`,
    );
  return entry.shape.reduce((a, b) => a * b, size);
}

/** Writes `model.json` and its weights into a folder, each whole or not at all. */
export async function saveModel(model: LayersModel, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await model.save(
    io.withSaveHandler(async artifacts => {
      const data = io.CompositeArrayBuffer.join(artifacts.weightData);
      const file = {
        format: 'layers-model',
        modelTopology: artifacts.modelTopology,
        weightsManifest: [{ paths: [WEIGHTS_FILE], weights: artifacts.weightSpecs }],
      };
      await writeModelFile(join(folder, WEIGHTS_FILE), new Uint8Array(data));
      await writeModelFile(join(folder, 'model.json'), JSON.stringify(file));
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
}

/** Writes a file of a model, whole or not at all; its folder is there. */
export async function writeModelFile(path: string, content: string | Uint8Array): Promise<void> {
  await writeFile(`${path}.part`, content);
  await rename(`${path}.part`, path);
}
