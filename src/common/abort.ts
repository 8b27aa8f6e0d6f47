/** Whether an error says that work was stopped on request: its `name` is `AbortError`, as everywhere in Node and browsers. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/**
 * Ends work that nobody waits for any more. Unlike the signal's own method it always throws an error that
 * {@link isAbort} knows, whatever reason was given.
 *
 * @throws an `AbortError`
 */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw abortError();
}

/**
 * The result of `work`, or an `AbortError` as soon as the signal is aborted: for work that takes no signal. It goes on
 * in the background, and what becomes of it is dropped.
 */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => {
      reject(abortError());
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([aborted, work]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function abortError(): Error {
  return new DOMException('The operation was aborted', 'AbortError');
}
