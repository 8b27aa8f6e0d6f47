import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Chunk, type StepDefinition, type Weights, batchSpecs } from '../../src/engine';
import { functionalModel } from '../../src/engine/training-step/batch-specs';
import { type Python, pythonWith } from './python';

const python = (): Python => pythonWith(['torch', 'numpy'], 'on Debian: python3-torch, libopenblas0-pthread');

/** The interpreter that has PyTorch. */
export function pytorchCommand(): string {
  const search = python();
  if ('missing' in search) throw new Error(`No PyTorch: ${search.missing}`);
  return search.command;
}

/** Why PyTorch cannot be compared with; nothing when it can. */
export function pytorchMissing(): string | undefined {
  const search = python();
  return 'missing' in search ? search.missing : undefined;
}

export interface PytorchRun {
  readonly losses: readonly number[];
  readonly times: readonly number[];
  readonly processorTimes: readonly number[];
  readonly version: string;
}

/** Trains the same network in PyTorch from the same weights, going round the chunk's batches. */
export function pytorch(
  name: string,
  given: StepDefinition,
  weights: Weights,
  chunk: Chunk,
  run: { readonly steps: number; readonly threads: number; readonly learningRate: number },
): PytorchRun {
  const command = pytorchCommand();
  const folder = mkdtempSync(join(tmpdir(), 'engine-reference-'));
  const definition = { ...given, model: functionalModel(given.model) };
  const entry = (file: string, data: Float32Array | Int32Array, shape: readonly number[]): object => {
    writeFileSync(join(folder, file), new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    return { file: join(folder, file), shape, type: data instanceof Int32Array ? 'int32' : 'float32' };
  };
  try {
    const trainable = new Set(definition.model.trainableWeights.map(weight => weight.originalName));
    const specs = batchSpecs(definition);
    const part = (kind: 'inputs' | 'targets' | 'masks'): object[] =>
      Object.entries(specs[kind]).map(([key, spec]) =>
        entry(`${kind}.${key}`, chunk[kind][key] as Float32Array, [chunk.steps, ...spec.shape]),
      );
    const job = {
      model: name,
      ...run,
      weights: definition.model.weights.map((weight, i) => ({
        ...entry(`weight${i}`, weights.get(weight.originalName) as Float32Array, weight.shape as number[]),
        trainable: trainable.has(weight.originalName),
      })),
      inputs: part('inputs'),
      targets: part('targets'),
      masks: part('masks'),
    };
    writeFileSync(join(folder, 'job.json'), JSON.stringify(job));
    const script = join(process.cwd(), 'bench/engine/reference.py');
    const env = { ...process.env, OMP_NUM_THREADS: String(run.threads) };
    const result = spawnSync(command, [script, join(folder, 'job.json')], {
      encoding: 'utf8',
      env,
      maxBuffer: 1 << 26,
    });
    if (result.status !== 0) throw new Error(`PyTorch failed: ${result.stderr}`);
    return JSON.parse(result.stdout) as PytorchRun;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
