import { createContext, Script } from 'node:vm';
import { errorCode } from '../../common/errors';

const script = new Script('work()');

/**
 * Runs `work` and ends it after so many milliseconds, wherever it is: for libraries that take the square of the length
 * of some texts, or worse.
 *
 * @returns `undefined` where it was ended
 */
export function withinTime<T>(milliseconds: number, work: () => T): { readonly value: T } | undefined {
  let done: { readonly value: T } | undefined;
  const context = createContext({
    work: () => {
      done = { value: work() };
    },
  });
  try {
    script.runInContext(context, { timeout: milliseconds });
  } catch (error) {
    if (errorCode(error) !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
  }
  return done;
}
