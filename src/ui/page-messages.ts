import * as v from 'valibot';
import { nothing, requestSchema } from './page-channel';

/** What all pages ask their hosts alike, and how they read what they have kept. */

/** Names of files come from pages, which draw what files say: they lead to no other folder. */
const fileName = v.pipe(v.string(), v.regex(/^[\w][\w .-]*\.(?:png|svg|csv)$/), v.maxLength(120));

const savedFile = v.object({
  name: fileName,
  content: v.union([v.string(), v.custom<Uint8Array>(value => value instanceof Uint8Array)]),
});

/** A file that a page has made. */
export type SavedFile = v.InferOutput<typeof savedFile>;

const pageStart = v.object({
  /** The display language, as BCP 47, and its texts as JSON. */
  language: v.string(),
  texts: v.exactOptional(v.string()),
  /** What the page shows, for it to be brought back: the folder of a run, the key of a problem. */
  subject: v.string(),
});

export type PageStart = v.InferOutput<typeof pageStart>;

export const commonRequests = {
  /** The first that a page asks. */
  start: requestSchema(nothing, pageStart),
  /** Asks the user where a file goes, and writes it there: for as long as the user thinks. */
  save: requestSchema(savedFile, nothing, { timeLimit: Infinity }),
};

/** Reads what a page has kept: `undefined` where it is not what this version keeps. */
export function stateReader<S extends v.GenericSchema>(
  schema: S,
): (value: unknown) => v.InferOutput<S> | undefined {
  return value => {
    const read = v.safeParse(schema, value);
    return read.success ? read.output : undefined;
  };
}
