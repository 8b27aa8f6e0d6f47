/** What all pages and their hosts tell each other alike, and how messages are read. */
import * as v from 'valibot';

/** Names of files come from pages, which draw what files say: they lead to no other folder. */
const fileName = v.pipe(v.string(), v.regex(/^[\w][\w .-]*\.(?:png|svg|csv)$/), v.maxLength(120));

/** A page has made a file, for the host to ask where it goes. */
export const save = v.object({
  kind: v.literal('save'),
  name: fileName,
  content: v.union([v.string(), v.custom<Uint8Array>(value => value instanceof Uint8Array)]),
});

export type SaveRequest = v.InferOutput<typeof save>;

type Schema = v.GenericSchema;

/** Reads a message or a kept state: what it says, or `undefined` where it is none. */
export function reader<S extends Schema>(schema: S): (value: unknown) => v.InferOutput<S> | undefined {
  return value => {
    const read = v.safeParse(schema, value);
    return read.success ? read.output : undefined;
  };
}
