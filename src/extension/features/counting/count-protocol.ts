import type { Dataset } from '../../../language/learning-problem';
import type { CountResult } from '../../../data';

/** What the thread that counts is started with. */
export interface WorkerData {
  /** The translations that messages are looked up in, as JSON. */
  readonly messages: string;
}

/** A dataset to count, as its annotation names it: where that is, is for the thread to find out. */
export interface CountJob extends Pick<Dataset, 'unit' | 'labels' | 'positive'> {
  /** The value of `path=`. */
  readonly written: string;
  /** The annotated file, absolute. */
  readonly file: string;
  /** What `${workspaceFolder}` may stand for, best first. A relative path may not lead out of all of them. */
  readonly workspaceFolders: readonly string[];
}

/** One count that is asked for, or no longer. */
export type ToWorker =
  | {
      readonly kind: 'count';
      readonly id: number;
      readonly counting: CountJob;
      /** The stamp of the result that is known: the data is counted again only where its stamp differs. */
      readonly knownStamp?: string;
    }
  | { readonly kind: 'cancel'; readonly id: number };

export type FromWorker =
  | { readonly kind: 'counted'; readonly id: number; readonly stamp: string; readonly result: CountResult }
  | { readonly kind: 'unchanged'; readonly id: number }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };
