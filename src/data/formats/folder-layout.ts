import { join } from 'node:path';
import { annotationFolderSkipped, sampleSubmissionSkipped } from '../../messages/data-access-messages';
import { formatOfName } from '../paths/file-formats';
import type { ResolvedPath } from '../paths/resolve-path';
import type { Folder, WalkOptions } from '../paths/walk-folders';

/** Folders of examples, where others beside them hold their annotations: of detection and segmentation. */
const EXAMPLES: ReadonlySet<string> = new Set(['images', 'image', 'imgs', 'img', 'jpegimages', 'rgb']);
const ANNOTATIONS: ReadonlySet<string> = new Set([
  'labels',
  'label',
  'annotations',
  'annotation',
  'annots',
  'masks',
  'mask',
  'segmentations',
  'segmentationclass',
  'segmentationobject',
  'imagesets',
  'groundtruth',
  'ground_truth',
  'gt',
]);

/** `sample_submission.csv`, `gender_submission.csv`: what a competition wants to be sent. */
const SUBMISSION = /(?:^|[-_ ])submissions?(?:[-_ ]\w+)?\.(?:csv|tsv)(?:\.(?:gz|zip))?$/i;

/**
 * The same folders without what is no example: sample submissions beside other tables, and the files of annotations
 * beside folders of examples (`labels/` beside `images/`). Each is reported.
 */
export function withoutCompanions(location: ResolvedPath, options: WalkOptions): ResolvedPath {
  if (!location.isFolder) return location;
  const folders = withoutAnnotations(withoutSubmissions(location.folders, options), options);
  return { ...location, folders };
}

function withoutSubmissions(folders: readonly Folder[], { issues }: WalkOptions): readonly Folder[] {
  const isSubmission = (name: string): boolean => SUBMISSION.test(name);
  const some = folders.some(({ files }) => files.some(isSubmission));
  const isAll = !folders.some(({ files }) =>
    files.some(name => formatOfName(name) !== undefined && !isSubmission(name)),
  );
  if (!some || isAll) return folders;
  return folders.map(folder => {
    const found = folder.files.filter(isSubmission);
    if (found.length === 0) return folder;
    for (const name of found) {
      const file = join(folder.path, name);
      issues.add('information', 'mixed-formats', sampleSubmissionSkipped(file), file);
    }
    return { ...folder, files: folder.files.filter(name => !isSubmission(name)) };
  });
}

function withoutAnnotations(folders: readonly Folder[], { issues }: WalkOptions): readonly Folder[] {
  const examples = new Map<string, string>();
  for (const { steps } of folders)
    if (EXAMPLES.has(steps.at(-1)?.toLowerCase() ?? ''))
      examples.set(keyOf(steps.slice(0, -1)), steps.at(-1) ?? '');
  if (examples.size === 0) return folders;
  return folders.map(folder => {
    const at = folder.steps.findIndex(
      (step, i) => ANNOTATIONS.has(step.toLowerCase()) && examples.has(keyOf(folder.steps.slice(0, i))),
    );
    // Tables there may give the labels.
    const isTable = (name: string): boolean => ['csv', 'jsonl'].includes(formatOfName(name) ?? '');
    const kept = at < 0 ? folder.files : folder.files.filter(isTable);
    const left = folder.files.length - kept.length;
    if (left === 0) return folder;
    const beside = examples.get(keyOf(folder.steps.slice(0, at))) ?? '';
    const annotations = folder.steps[at] ?? '';
    const message = annotationFolderSkipped({ folder: annotations, beside });
    issues.add('information', 'mixed-formats', message, folder.path, left);
    return { ...folder, files: kept };
  });
}

function keyOf(steps: readonly string[]): string {
  return steps.join('/');
}

/** Folders that hold all files of one kind: their name is no class. */
const CONTAINERS =
  /^(?:images?|imgs?|pictures?|pics?|photos?|jpe?gs?|jpegimages|pngs?|tiffs?|audio|wavs?|wav_files|flac|mp3|clips|recordings|sounds|texts?|txt|docs|documents|files|data|dataset|raw)$/i;

/**
 * How many of the outermost folders, the same for all files, are called after what is in them: `images/…`.
 *
 * @param levels the folders around the files of each folder, from the dataset down
 */
export function containerLevels(levels: readonly (readonly string[])[]): number {
  const [first = []] = levels;
  let count = 0;
  while (
    CONTAINERS.test(first[count] ?? '') &&
    levels.every(each => each.length > count && each[count] === first[count])
  )
    count++;
  return count;
}
