import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { check, parseJson } from '../../common/validation';
import { shapeProblemText } from '../../messages/validation-text';
import { errorMessage } from '../../common/errors';
import { readRegular } from '../../files/regular-file';
import { dataFingerprint, onnxFile } from '../../data';
import type { Problem } from '../../language/learning-problem';
import type { DataSpec } from '../../protocol/job-files';
import { planError } from '../experiment-errors';
import type { ResolvePath } from './dataset-spec';
import type { EligibleStrategies, SourceCheckpoint } from './eligible-strategies';
import { checkpointNotFound, checkpointUnreadable } from '../../messages/pilot-messages';

/** A hash of what the annotations say about a question, wherever they stand: moving a line changes nothing. */
export function annotationFingerprint({
  task,
  problem,
  transferFrom,
  multitaskWith,
  pipeline,
}: EligibleStrategies): string {
  const stages = pipeline?.stages.map(({ name }) => name) ?? [];
  const involved = new Set([task.name, ...transferFrom, ...multitaskWith, ...stages]);
  const said: Omit<Problem, 'diagnostics'> = {
    tasks: problem.tasks.filter(({ name }) => involved.has(name)),
    datasets: problem.datasets.filter(({ tasks }) => tasks.some(name => involved.has(name))),
    pipelines: problem.pipelines.filter(each => each.task === task.name),
  };
  const text = JSON.stringify(said, (key, value: unknown) => (key === 'reference' ? undefined : value));
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** A hash of the data of each dataset, by name. */
export async function dataFingerprints(
  specs: readonly DataSpec[],
  signal?: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  const prints = new Map<string, string>();
  for (const { name, path, request } of specs)
    prints.set(
      name,
      (await dataFingerprint(path, { table: request.table, readable: request.readable, signal })).slice(
        0,
        32,
      ),
    );
  return Object.fromEntries(prints);
}

/**
 * The `model.json` that transfer starts from, where a source names a checkpoint.
 *
 * @throws PlanError `no-data` where there is none, at the annotation that names it
 */
export function checkpointFile({ checkpoint }: EligibleStrategies, locate: ResolvePath): string | undefined {
  if (!checkpoint) return undefined;
  const place = locate(checkpoint);
  if (place?.kind !== 'local' || !place.exists || place.list)
    throw planError('no-data', checkpointNotFound(checkpoint), placeOf(checkpoint));
  return fileAt(place.path);
}

/** The `model.json` of a path, or what is taken as an ONNX file or its folder. A model that was saved here has both. */
function fileAt(named: string): string {
  if (/\.(json|onnx)$/i.test(named)) return named;
  const inside = path.join(named, 'model.json');
  return existsSync(inside) || !hasOnnx(named) ? inside : named;
}

/** Entries of a folder that are looked at. */
const MOST_ENTRIES = 10_000;

function hasOnnx(folder: string): boolean {
  return [folder, path.join(folder, 'onnx')].some(each => {
    try {
      return readdirSync(each)
        .slice(0, MOST_ENTRIES)
        .some(name => /\.onnx$/i.test(name));
    } catch {
      return false;
    }
  });
}

/** Whether a checkpoint is in ONNX: its features are used, and it is no network that is trained on. */
export function isOnnxCheckpoint(file: string): boolean {
  return !file.endsWith('.json');
}

/**
 * The ONNX file, or its folder, whose features the arms with a frozen encoder use: the target's own, else that of the source.
 * One that is not on this machine is none: a well-known name is a checkpoint too.
 */
export function frozenCheckpoint(
  { checkpoint, ownCheckpoint }: EligibleStrategies,
  locate: ResolvePath,
): { readonly file: string; readonly checkpoint: SourceCheckpoint } | undefined {
  for (const each of [ownCheckpoint, checkpoint]) {
    const place = each && locate(each);
    if (place?.kind !== 'local' || !place.exists || place.list) continue;
    const file = fileAt(place.path);
    if (isOnnxCheckpoint(file)) return { file, checkpoint: each as SourceCheckpoint };
  }
  return undefined;
}

/**
 * Another one after the files of a checkpoint have changed, as far as their sizes and times tell.
 *
 * @throws PlanError `no-data` where they cannot be read, at the annotation that names the checkpoint
 */
export async function checkpointFingerprint(
  file: string,
  { checkpoint }: EligibleStrategies,
): Promise<string> {
  try {
    return await fingerprint(file);
  } catch (error) {
    const message = errorMessage(error);
    throw planError(
      'no-data',
      checkpointUnreadable({ task: checkpoint?.task ?? '', reason: message }),
      checkpoint && placeOf(checkpoint),
    );
  }
}

/** The part of a `model.json` that names its other files. */
const modelFile = v.object({
  weightsManifest: v.exactOptional(v.array(v.object({ paths: v.array(v.string()) }))),
});

/** In bytes, of a `model.json`; its weights are in other files. */
const MAX_MODEL_FILE = 64_000_000;

async function fingerprint(file: string): Promise<string> {
  const hash = createHash('sha256');
  if (isOnnxCheckpoint(file)) {
    const { size, mtimeMs } = await stat(await onnxFile(file));
    return hash.update(`${size} ${mtimeMs}`).digest('hex').slice(0, 32);
  }
  const read = check(modelFile, parseJson((await readRegular(file, MAX_MODEL_FILE)).toString('utf8')));
  if (!read.ok) throw new Error(shapeProblemText(read.problem));
  const { weightsManifest = [] } = read.value;
  for (const name of [path.basename(file), ...weightsManifest.flatMap(({ paths }) => paths)]) {
    const { size, mtimeMs } = await stat(path.join(path.dirname(file), name));
    hash.update(`${name} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 32);
}

function placeOf({ reference }: SourceCheckpoint): { readonly file: string; readonly line: number } {
  return { file: reference.file, line: reference.range.start.line + 1 };
}
