import { createHash } from 'node:crypto';
import { type Session, type SessionOptions, createSession } from './onnxruntime';

interface Entry {
  readonly session: Promise<Session>;
  users: number;
}

const entries = new Map<string, Entry>();

/** How many sessions are kept that nobody uses at the moment. */
const IDLE_LIMIT = 2;

/** A session that is shared by all who compile the same model; `release` it once. */
export interface SharedSession {
  readonly session: Session;
  readonly release: () => Promise<void>;
}

/** The session of a model: from the cache when the same model with the same options was compiled before. */
export async function sharedSession(model: Uint8Array, options: SessionOptions): Promise<SharedSession> {
  const key = `${createHash('sha256').update(model).digest('hex')} ${JSON.stringify(options)}`;
  const entry = entries.get(key) ?? { session: createSession(model, options), users: 0 };
  // The most recently used entry is the last one.
  entries.delete(key);
  entries.set(key, entry);
  entry.users++;
  let released = false;
  const release = async (): Promise<void> => {
    if (released) return;
    released = true;
    entry.users--;
    // A profile is complete once the session has ended it.
    if (options.profile !== undefined) (await entry.session).endProfiling();
    await releaseIdleSessions(IDLE_LIMIT);
  };
  try {
    return { session: await entry.session, release };
  } catch (error) {
    entries.delete(key);
    throw error;
  }
}

/** Frees all sessions that nobody uses, but for the `keep` most recent ones. */
export async function releaseIdleSessions(keep = 0): Promise<void> {
  const idle = [...entries].filter(([, entry]) => entry.users === 0);
  for (const [key, entry] of idle.slice(0, Math.max(0, idle.length - keep))) {
    entries.delete(key);
    await (await entry.session).release();
  }
}
