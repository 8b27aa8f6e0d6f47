import type { Disposable } from './disposables';
import type { Services } from './services';

/** One thing the extension does for its user. */
export interface Feature<S = Services> {
  /** Starts it. Disposing of what is returned must end everything it started. */
  readonly register: (services: S) => Disposable;
}
