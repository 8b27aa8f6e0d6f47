import { setTimeout as wait } from 'node:timers/promises';

/**
 * Asks again and again until there is an answer that is neither undefined nor false, and gives it.
 * @throws where there is none within the limit, naming what was waited for
 */
export async function eventually<T>(
  what: string,
  ask: () => T | undefined | false | PromiseLike<T | undefined | false>,
  limitMs = 15_000,
): Promise<T> {
  const end = performance.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > end) throw new Error(`waited ${limitMs / 1000} s in vain for ${what}`);
    await wait(50);
  }
}
