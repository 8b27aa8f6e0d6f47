import path from 'node:path';
import { disposables } from '../disposables';
import type { Feature } from '../feature';
import type { LanguageBundle } from './bundle';

/** Writing and reading annotations: in a bundle of its own, which is loaded when the extension has started. */
export const language: Feature = {
  register(services) {
    const held = disposables();
    const timer = setImmediate(() => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- a bundle beside this one, by its place
      held.add((require(path.join(__dirname, 'language.js')) as LanguageBundle).startLanguage(services));
    });
    held.add({
      dispose: () => {
        clearImmediate(timer);
      },
    });
    return held;
  },
};
