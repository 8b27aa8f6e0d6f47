import { type SplitName, canonicalSplit, splitOfFolder } from '../splits';

/** An array's name without the split that it begins or ends with. */
export interface ArrayName {
  readonly name: string;
  readonly split: SplitName | undefined;
}

/** The split that an array's name ends or begins with, and the rest of its name: `x_train`, `train_images`. */
export function splitOfArray(written: string): ArrayName {
  const [, last = '', suffix = ''] = /^(.+)[_-]([a-z]+)$/i.exec(written) ?? [];
  const [, prefix = '', first = ''] = /^([a-z]+)[_-](.+)$/i.exec(written) ?? [];
  const [atEnd, atStart] = [canonicalSplit(suffix), canonicalSplit(prefix)];
  if (atEnd !== undefined) return { name: last, split: atEnd };
  return atStart === undefined ? { name: written, split: undefined } : { name: first, split: atStart };
}

/** The same of an array in groups: `train/images`, `images/train`, `data/x_train`. */
export function splitOfPath(path: string): ArrayName {
  const steps = path.split('/');
  const at = steps.findIndex(step => splitOfFolder(step) !== undefined);
  if (at >= 0 && steps.length > 1) {
    const name = steps.filter((_, place) => place !== at).join('/');
    return { name, split: splitOfFolder(steps[at] ?? '') };
  }
  const { name, split } = splitOfArray(steps.at(-1) ?? '');
  return { name: [...steps.slice(0, -1), name].join('/'), split };
}
