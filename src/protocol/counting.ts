import * as v from 'valibot';
import type { Infer } from '../common/validation';
import { byName, count, text, texts, unit } from './schema-helpers';

/** What is found in data, and the messages between the editor and the thread that counts for it. */

export const issueCode = v.picklist([
  // the path
  'not-found',
  'no-permission',
  'outside-root',
  'link-loop',
  'too-many-files',
  'unknown-format',
  'mixed-formats',
  'empty',
  // the bytes
  'truncated',
  'corrupt',
  'not-text',
  'too-large',
  'compression-bomb',
  'changed-while-read',
  'unsupported',
  'unreadable-file',
  'not-downloaded',
  // the table
  'no-header',
  'uneven-rows',
  'unlike-tables',
  'unclosed-quote',
  'bad-row',
  'unknown-table',
  'unknown-column',
  'unit-not-countable',
  'missing-labels',
  'infinite-labels',
  'unlabelled-split',
  'unknown-class',
  'missing-file',
  'bad-card',
  // the checks
  'split-overlap',
  'near-duplicates',
  'few-examples',
  'constant-column',
  'missing-values',
  'duplicate-column',
  'leaking-column',
  'split-shift',
  'group-in-two-splits',
  'suspected-groups',
  'inputs-differ',
  'partly-checked',
]);

const issueSeverity = v.picklist(['error', 'warning', 'information']);

/** What is wrong with the data: what, how often, and the first places (file, row or byte offset) it was seen at. */
export const dataIssue = v.object({
  code: issueCode,
  severity: issueSeverity,
  message: text,
  count: v.exactOptional(count),
  where: v.exactOptional(texts),
});

const counts = v.exactOptional(byName(v.number()));

const datasetCount = v.object({
  value: v.number(),
  unit,
  /** Where the number came from, in words: "Parquet footer", "directory entries", … */
  from: text,
  splits: counts,
  /** Examples per class of the label; `label:class` where several labels were asked for. */
  classes: counts,
  /** Examples that carry each label; the rest are missing it. */
  labels: counts,
});

/** A size that a file next to the data states. */
const statedSize = v.object({
  value: v.number(),
  unit,
  /** The file that states it. */
  from: text,
  splits: counts,
});

const countResult = v.object({
  /** Absent where nothing could be counted; an error among the issues says why. */
  counted: v.exactOptional(datasetCount),
  stated: v.array(statedSize),
  issues: v.array(dataIssue),
});

/** What sizes are counted in. Only like units compare; hours, minutes and seconds are one kind. */
export type CountUnit = Infer<typeof unit>;
export type IssueCode = Infer<typeof issueCode>;
export type IssueSeverity = Infer<typeof issueSeverity>;
export type DataIssue = Infer<typeof dataIssue>;
export type DatasetCount = Infer<typeof datasetCount>;
export type StatedSize = Infer<typeof statedSize>;
export type CountResult = Infer<typeof countResult>;

/** What the thread that counts is started with. */
export const countWorkerData = v.object({
  /** The translations that messages are looked up in, as JSON. */
  messages: text,
});

/** A dataset to count, as its annotation names it: where that is, is for the thread to find out. */
const countJob = v.object({
  unit,
  labels: byName(text),
  positive: v.exactOptional(text),
  /** The value of `path=`. */
  written: text,
  /** The annotated file, absolute. */
  file: text,
  /** What `${workspaceFolder}` may stand for, best first. Nothing else is read, but for what the user has allowed. */
  workspaceFolders: texts,
  /** Which columns are what, for checks of the data; nothing is checked without. */
  check: v.exactOptional(
    v.object({
      labels: byName(text),
      group: v.exactOptional(text),
      features: v.exactOptional(texts),
      ignore: v.exactOptional(texts),
    }),
  ),
});

/** One count that is asked for, or no longer. */
export const toCountWorker = v.variant('kind', [
  v.object({
    kind: v.literal('count'),
    id: count,
    counting: countJob,
    /** The stamp of the result that is known: the data is counted again only where its stamp differs. */
    knownStamp: v.exactOptional(text),
  }),
  v.object({ kind: v.literal('cancel'), id: count }),
]);

export const fromCountWorker = v.variant('kind', [
  v.object({ kind: v.literal('counted'), id: count, stamp: text, result: countResult }),
  v.object({ kind: v.literal('unchanged'), id: count }),
  v.object({ kind: v.literal('failed'), id: count, message: text }),
]);

export type CountWorkerData = Infer<typeof countWorkerData>;
export type CountJob = Infer<typeof countJob>;
export type ToCountWorker = Infer<typeof toCountWorker>;
export type FromCountWorker = Infer<typeof fromCountWorker>;
