import { mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { io } from '@tensorflow/tfjs-core';
import { type layers, loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';
import * as v from 'valibot';
import { errorMessage } from '../../common/errors';
import { isRecord } from '../../common/validation';
import { readRegular } from '../../files/regular-file';
import { type EngineError, engineError } from '../engine-error';
import { withinWeights } from './weight-budget';

const WEIGHTS_FILE = 'weights.bin';

/** In bytes, of `model.json`, which holds no weights: large models take megabytes. */
const MAX_DESCRIPTION = 64_000_000;
/** In bytes, of all weights of a model: what pilots train is smaller by far. */
const MAX_WEIGHTS = 2_000_000_000;
/** Numbers that a layer gives for one example: a fully convolutional network at 4,000 × 4,000 pixels stays below. */
const MAX_OUTPUT = 2 ** 28;
/** Weight files that a message names. */
const MOST_NAMED = 10;

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
  const file = parsed(path, await read(path, MAX_DESCRIPTION));
  const entries = file.weightsManifest.flatMap(group => group.weights);
  const names = file.weightsManifest.flatMap(group => group.paths);
  const expected = entries.reduce((sum, entry) => sum + bytesOf(path, entry), 0);
  const weightData = await readWeights(path, names, expected);
  const elements = entries.reduce((sum, { shape }) => sum + elementsOf(shape), 0);
  try {
    const model = await withinWeights(elements, () =>
      loadLayersModel(io.fromMemory({ modelTopology: file.modelTopology, weightSpecs: entries, weightData })),
    );
    assertBoundedOutputs(model.layers);
    return model;
  } catch (error) {
    throw engineError(
      'bad-file',
      `${path} is not a layers model that TensorFlow.js can build: ${errorMessage(error)}`,
      { cause: error },
    );
  }
}

/**
 * The bytes of all weight files, one behind the other. Their sizes are asked for first: a description may name one
 * large file a thousand times.
 */
async function readWeights(path: string, names: readonly string[], expected: number): Promise<ArrayBuffer> {
  const wrongSize = (size: number): EngineError =>
    engineError(
      'bad-file',
      `The weights of ${path} (${names.slice(0, MOST_NAMED).join(', ')}) are ${size} bytes; ${expected} are expected. The download is incomplete, or the files belong to another model.`,
    );
  if (expected > MAX_WEIGHTS)
    throw engineError(
      'bad-file',
      `The weights of ${path} take ${expected} bytes; models of more than ${MAX_WEIGHTS} bytes are not trained here.`,
    );
  const files = names.map(name => within(path, name));
  let size = 0;
  for (const file of files) {
    size += await stat(file).then(
      found => found.size,
      (error: unknown) => {
        throw unreadable(file, error);
      },
    );
    if (size > expected) break;
  }
  if (size !== expected) throw wrongSize(size);
  const weights = new Uint8Array(expected);
  let filled = 0;
  for (const file of files) {
    const part = await read(file, expected - filled);
    weights.set(part, filled);
    filled += part.length;
  }
  if (filled !== expected) throw wrongSize(filled);
  return weights.buffer;
}

/**
 * Layers without weights can state any size too: enlarging, padding, repeating.
 * @throws Error naming the layer
 */
function assertBoundedOutputs(all: readonly layers.Layer[]): void {
  for (const layer of all) {
    const shapes = layer.inboundNodes.flatMap(node => node.outputTensors.map(({ shape }) => shape));
    for (const shape of shapes) {
      if (elementsOf(shape.map(axis => axis ?? 1)) <= MAX_OUTPUT) continue;
      throw new Error(
        `its layer "${layer.name}" gives ${shape.slice(1).join('×')} numbers for each example; at most ${MAX_OUTPUT} are computed`,
      );
    }
    assertBoundedOutputs((layer as Partial<LayersModel>).layers ?? []);
  }
}

function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, axis) => product * axis, 1);
}

function unreadable(path: string, error: unknown): EngineError {
  return engineError('bad-file', `${path} cannot be read: ${errorMessage(error)}`, { cause: error });
}

/** @param limit in bytes */
async function read(path: string, limit: number): Promise<Buffer> {
  try {
    return await readRegular(path, limit);
  } catch (error) {
    throw unreadable(path, error);
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
