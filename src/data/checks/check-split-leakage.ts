import { createHash } from 'node:crypto';
import { equalPair, groupLeakage, groupLocation, splitLeakage } from '../../messages/data-check-messages';
import type { ExampleRow } from '../dataset/example-rows';
import { withFile } from '../bytes/random-access-file';
import { isDataError } from '../issues';
import { fileError } from '../paths/file-access';
import type { SplitName } from '../splits';
import type { Check, NameOf } from './check';

/** Finds groups (patients, speakers, …) that the data puts into two splits. */
export function groupCheck(group: string, path: string): Check {
  const splits = new Map<string, Set<SplitName>>();
  return {
    observe({ block, row, place, split }) {
      const at = place(group);
      const value = at === undefined ? undefined : block.text(row, at);
      if (value !== undefined) splits.set(value, (splits.get(value) ?? new Set()).add(split));
    },
    finish(issues) {
      const message = groupLeakage({ dataset: path, column: group });
      for (const [value, of] of splits)
        if (of.size > 1)
          issues.add(
            'warning',
            'group-in-two-splits',
            message,
            groupLocation({ group: value, splits: [...of].sort() }),
          );
    },
  };
}

interface First {
  readonly split: SplitName;
  readonly name: string;
}

/**
 * Finds examples with identical inputs, byte for byte, in two splits: data leakage, as the model is tested on what it
 * has seen in training.
 *
 * @param inputs the columns of the input; files are compared by their contents
 */
export function overlapCheck(inputs: readonly string[] | 'file', path: string, nameOf: NameOf): Check {
  const seen = new Map<string, First>();
  const pairs: { where: string; splits: readonly [SplitName, SplitName] }[] = [];
  return {
    async observe(row) {
      const { split } = row;
      const key = inputs === 'file' ? await fileKey(row) : rowKey(row, inputs);
      if (key === undefined) return;
      const first = seen.get(key);
      if (!first) seen.set(key, { split, name: nameOf(row) });
      else if (first.split !== split)
        pairs.push({
          where: equalPair({ first: first.name, second: nameOf(row) }),
          splits: first.split < split ? [first.split, split] : [split, first.split],
        });
    },
    finish(issues) {
      for (const {
        where,
        splits: [first, second],
      } of pairs) {
        const message = splitLeakage({ dataset: path, first, second });
        issues.add('warning', 'split-overlap', message, where);
      }
    },
  };
}

function rowKey({ block, row, place }: ExampleRow, inputs: readonly string[]): string {
  const hash = createHash('md5');
  for (const name of inputs) {
    const at = place(name);
    const vector = at === undefined ? undefined : block.vector(row, at);
    if (vector) hash.update(Float32Array.from(vector));
    else hash.update(`${at === undefined ? '' : (block.text(row, at) ?? '')}\u0001`);
  }
  return hash.digest('base64');
}

const HASHED_AT_ONCE = 1024 * 1024;

async function fileKey({ block, row }: ExampleRow): Promise<string | undefined> {
  const path = block.text(row, 0) ?? '';
  const hash = createHash('md5');
  try {
    await withFile(path, undefined, async file => {
      for (let at = 0; at < file.size; at += HASHED_AT_ONCE)
        hash.update(await file.slice(at, Math.min(at + HASHED_AT_ONCE, file.size)));
    });
  } catch (error) {
    const known = fileError(error, path);
    // Another check reports files that cannot be read.
    if (isDataError(known)) return undefined;
    throw known;
  }
  return hash.digest('base64');
}
