import type { ProcessIdentity } from './process-identity';

/** What a lock says. */
export type LockContent =
  /** Of releases before 0.2 without the start of the machine and the namespace, and some without the host. */
  | ({ readonly kind: 'process' } & Pick<ProcessIdentity, 'pid' | 'start'> & Partial<ProcessIdentity>)
  /** Nothing, as a machine that lost its power may leave it: nobody holds it. */
  | { readonly kind: 'empty' }
  /** Something that no release of this program has written. */
  | { readonly kind: 'foreign' };

/** The first word of a lock; its first byte is the same in all. */
const FORMAT = 'process';

/** A lock as a line: `process 4711 8812345 node-3 BOOT pid:[4026531836]`. */
export function writeLock({ pid, start, host, boot, namespace }: ProcessIdentity): string {
  return `${[FORMAT, pid, start, host, boot, namespace].join(' ')}\n`;
}

export function parseLock(text: string): LockContent {
  if (/^[\0\s]*$/.test(text)) return { kind: 'empty' };
  const words = text.trim().split(/\s+/);
  const isNew = words[0] === FORMAT;
  const [id = '', start, host, boot, namespace] = isNew ? words.slice(1) : words;
  const pid = Number(id);
  if (!/^\d+$/.test(id) || !Number.isSafeInteger(pid) || pid < 1 || start === undefined)
    return { kind: 'foreign' };
  if (!isNew)
    return words.length > 3
      ? { kind: 'foreign' }
      : { kind: 'process', pid, start, ...(host === undefined ? {} : { host }) };
  return host !== undefined && boot !== undefined && namespace !== undefined && words.length === 6
    ? { kind: 'process', pid, start, host, boot, namespace }
    : { kind: 'foreign' };
}
