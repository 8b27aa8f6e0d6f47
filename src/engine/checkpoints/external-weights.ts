import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { errorMessage } from '../../common/errors';
import { openRegular } from '../../files/regular-file';
import { type EngineError, engineError, isEngineError } from '../engine-error';
import type { OnnxTensor } from './onnx-graph';
import { MAX_MODEL, sizeOf } from './read-onnx';

/**
 * The weights that a model keeps in files beside it, by name: their elements, as they stand there. Only files inside of the
 * model's folder are read, wherever links lead; the sum of what is asked for is bounded before anything is read.
 *
 * @param model the path of the `.onnx` file
 * @throws EngineError `bad-file` naming the weight and the file
 */
export async function readExternal(
  model: string,
  tensors: readonly OnnxTensor[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const elementsOf = new Map<string, Uint8Array>();
  const outside = tensors.filter(({ external }) => external !== undefined);
  const total = outside.reduce((sum, tensor) => sum + sizeOf(tensor), 0);
  if (!(total <= MAX_MODEL))
    throw bad(model, `its weights take ${total} bytes; at most ${MAX_MODEL} are read`);
  for (const tensor of outside) elementsOf.set(tensor.name, await elements(model, tensor, sizeOf(tensor)));
  return elementsOf;
}

async function elements(model: string, { name, external }: OnnxTensor, size: number): Promise<Uint8Array> {
  const location = external?.get('location') ?? '';
  const offset = Number(external?.get('offset') ?? 0);
  const length = Number(external?.get('length') ?? size);
  if (!Number.isSafeInteger(offset) || offset < 0 || length !== size)
    throw bad(
      model,
      `the weight "${name}" should take ${size} bytes and is said to be ${length} from ${offset} on`,
    );
  const file = await fileWithin(model, name, location);
  try {
    const handle = await openRegular(file);
    try {
      const there = (await handle.stat()).size;
      if (offset + size > there)
        throw bad(
          model,
          `"${location}" has ${there} bytes, and the weight "${name}" ends at ${offset + size}. The download is incomplete.`,
        );
      const bytes = new Uint8Array(size);
      for (let filled = 0; filled < size;) {
        const { bytesRead } = await handle.read(bytes, filled, size - filled, offset + filled);
        if (bytesRead === 0) throw bad(model, `"${location}" ends within the weight "${name}"`);
        filled += bytesRead;
      }
      return bytes;
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (isEngineError(error)) throw error;
    throw bad(model, `its weights in "${location}" cannot be read: ${errorMessage(error)}`, error);
  }
}

/** A file of weights, with all links followed. @throws EngineError for one outside of the model's folder */
async function fileWithin(model: string, weight: string, location: string): Promise<string> {
  const folder = path.dirname(path.resolve(model));
  const named = path.resolve(folder, location);
  const leave = (): EngineError =>
    bad(
      model,
      `the weight "${weight}" is in "${location}", outside of the model's folder. Put that file beside the model.`,
    );
  if (location === '' || !isInside(folder, named)) throw leave();
  let real: string;
  try {
    real = await realpath(named);
    if (!isInside(await realpath(folder), real)) throw leave();
    await stat(real);
  } catch (error) {
    if (isEngineError(error)) throw error;
    throw bad(
      model,
      `the file of its weights, "${location}", is missing. It belongs beside the model.`,
      error,
    );
  }
  return real;
}

function isInside(folder: string, file: string): boolean {
  const steps = path.relative(folder, file);
  return steps !== '' && steps !== '..' && !steps.startsWith(`..${path.sep}`) && !path.isAbsolute(steps);
}

function bad(model: string, reason: string, cause?: unknown): EngineError {
  return engineError('bad-file', `${model} cannot be used as a checkpoint: ${reason}`, { cause });
}
