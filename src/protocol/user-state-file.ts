import * as v from 'valibot';
import type { Infer } from '../common/validation';
import { filled, text } from './schema-helpers';

/** `trust.json` in the user's own state folder: what the user has allowed, on this machine, outside every workspace. */

/** SHA-256 as hexadecimal digits. */
export const sha256 = v.pipe(text, v.regex(/^[\da-f]{64}$/));

/** More entries than anyone answers questions for; a longer file is not ours. */
const MOST = 5000;

/** A consent to run something: it counts for this folder, command and content alone. */
const consent = v.object({
  /** The folder it runs in, links followed. */
  folder: filled,
  /** The command as it was shown. */
  command: text,
  /** Over the command and the files that it names. */
  hash: sha256,
  /** ISO 8601, UTC. */
  since: text,
});

/** Folders, links followed. */
const folders = v.pipe(v.array(filled), v.maxLength(MOST));

export const userState = v.object({
  version: v.literal(1),
  /** Signs runs, so that one's own are known; random, base64. Absent until the first run. */
  runKey: v.exactOptional(v.pipe(text, v.regex(/^[A-Za-z\d+/]{43}=$/))),
  code: v.pipe(v.array(consent), v.maxLength(MOST)),
  /** Folders of others whose `.strategy-advisor` and project file count all the same. */
  discovery: folders,
  /** Folders outside the workspace whose data may be read. */
  outside: folders,
});

export type Consent = Infer<typeof consent>;
export type UserState = Infer<typeof userState>;
