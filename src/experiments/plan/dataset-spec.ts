import type { InputRequest, TaskLabel } from '../../data';
import type { InputSpec } from '../../language/annotation-model';
import type { DataPath } from '../../data/paths/node-file-system';
import { dataOutside } from '../../messages/outside-messages';
import type { Dataset, Problem, Task } from '../../language/learning-problem';
import type { DataSpec } from '../../protocol/job-files';
import { planError } from '../experiment-errors';
import { dataNotDownloaded, dataNotFound, datasetWithoutPath } from '../../messages/pilot-messages';
import { entryOf } from '../../common/named-entries';

/** Something annotated that names a file or folder. */
export type PathOwner = Pick<Dataset, 'path' | 'reference'>;

/** What the paths of a problem's annotations name, by the annotations' keys: found by one process, used by another. */
export type DataPaths = Readonly<Record<string, DataPath>>;

/** What an annotation's path names; `undefined` where it names none. */
export type ResolvePath = (annotated: PathOwner) => DataPath | undefined;

function pathKey({ path, reference }: PathOwner): string {
  return JSON.stringify([reference.file, path]);
}

export function pathLookup(paths: DataPaths): ResolvePath {
  return annotated => entryOf(paths, pathKey(annotated));
}

/** Finds what is at the paths of all datasets, checkpoints and programs of engineered steps. */
export async function findDataPaths(
  { datasets, tasks, pipelines }: Problem,
  find: (annotated: PathOwner) => Promise<DataPath | undefined>,
): Promise<DataPaths> {
  const annotated: readonly PathOwner[] = [
    ...datasets,
    ...[...tasks, ...datasets].flatMap(({ checkpoint: path, reference }) =>
      path === undefined ? [] : [{ path, reference }],
    ),
    ...pipelines.flatMap(({ modules = [], reference }) =>
      modules.map(({ module }) => ({ path: module, reference })),
    ),
  ];
  const found = await Promise.all(
    annotated.map(async each => {
      const place = await find(each);
      return place ? [[pathKey(each), place] as const] : [];
    }),
  );
  return Object.fromEntries(found.flat());
}

/** Splits are drawn from this seed in every run, so that runs compare and no choice ever sees a test example. */
const SPLIT_SEED = 0;

/** The parts of an annotation that say how to read its data, for all of its tasks. */
export function dataSpec(
  dataset: Dataset,
  place: Extract<DataPath, { kind: 'local' }>,
  tasks: readonly Task[],
): DataSpec {
  const input = inputRequest(dataset);
  return {
    name: dataset.name,
    path: place.list ?? place.path,
    request: {
      labels: Object.fromEntries(
        dataset.tasks.map(task => [
          task,
          labelOf(
            dataset,
            tasks.find(({ name }) => name === task),
            task,
          ),
        ]),
      ),
      ...(input ? { input } : {}),
      ...(place.fragment === undefined ? {} : { table: place.fragment }),
      ...(place.readable ? { readable: place.readable } : {}),
      ...groupRequest(dataset),
      ...(dataset.time === undefined || dataset.time === NONE ? {} : { time: dataset.time }),
      seed: SPLIT_SEED,
    },
  };
}

/** That examples are independent is an answer to the question for their groups, or for their order. */
export const NONE = 'none';

function groupRequest({ group }: Dataset): Pick<DataSpec['request'], 'group' | 'independent'> {
  if (group === undefined) return {};
  return group === NONE ? { independent: true } : { group };
}

/** A label's column: the one that is annotated, else the folder of a file or the column of the task's own name. */
function labelOf(dataset: Dataset, task: Task | undefined, name: string): TaskLabel {
  const column = entryOf(dataset.labels, name) ?? (isMedia(dataset.input) ? 'class' : name);
  const kind = task?.output?.kind;
  return {
    column,
    ...(dataset.positive === undefined ? {} : { positive: dataset.positive }),
    ...(kind === 'class' || kind === 'real' ? { kind } : {}),
  };
}

function isMedia(input: InputSpec | undefined): boolean {
  return input?.modality === 'image' || input?.modality === 'audio' || input?.modality === 'video';
}

/** The columns that the annotation chooses, and what it says of images and recordings. */
function inputRequest({ input, features, ignore }: Dataset): InputRequest | undefined {
  const asked = {
    ...mediaRequest(input),
    ...(features ? { columns: features } : {}),
    ...(ignore ? { except: ignore } : {}),
  };
  return Object.keys(asked).length > 0 ? asked : undefined;
}

function mediaRequest(input: InputSpec | undefined): InputRequest | undefined {
  if (input?.modality === 'image') {
    const { height, width, channels } = input;
    return {
      image: {
        ...(height === undefined ? {} : { height }),
        ...(width === undefined ? {} : { width }),
        ...(channels === 1 || channels === 3 ? { channels } : {}),
      },
    };
  }
  if (input?.modality === 'text') return { text: {} };
  if (input?.modality === 'audio')
    return { audio: input.sampleRate === undefined ? {} : { sampleRate: input.sampleRate } };
  return undefined;
}

/** The dataset's files, or an error that says at its annotation why there are none. */
export function requireLocalPath(
  dataset: Dataset,
  locate: ResolvePath,
): Extract<DataPath, { kind: 'local' }> {
  const place = locate(dataset);
  const where = { file: dataset.reference.file, line: dataset.reference.range.start.line + 1 };
  if (!place) throw planError('no-data', datasetWithoutPath(dataset.name), where);
  if (place.kind === 'remote') throw planError('remote-data', dataNotDownloaded(place.url), where);
  if (place.kind === 'outside') throw planError('outside-data', dataOutside(place), where);
  if (!place.exists)
    throw planError('no-data', dataNotFound({ path: place.path, dataset: dataset.name }), where);
  return place;
}
