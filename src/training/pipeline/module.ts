import * as l10n from '@vscode/l10n';
import { pathToFileURL } from 'node:url';
import { TrainingError } from '../errors';
import type { Apply } from './engineered';

/**
 * Loads a user's step: a module whose default export takes one value and gives the next, or a promise of it.
 *
 * @throws TrainingError `bad-pipeline` where it does not load or exports no function
 */
export async function loadModule(path: string): Promise<Apply> {
  let module: { readonly default?: unknown };
  try {
    module = (await import(pathToFileURL(path).href)) as { readonly default?: unknown };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TrainingError('bad-pipeline', l10n.t('The step {0} does not load: {1}', path, reason), {
      cause: error,
    });
  }
  const step = functionOf(module.default);
  if (step) return step;
  throw new TrainingError(
    'bad-pipeline',
    l10n.t('{0} should say "export default value => …": it exports no function', path),
  );
}

/** CommonJS modules arrive with their exports one level down. */
function functionOf(exported: unknown): Apply | undefined {
  if (typeof exported === 'function') return exported as Apply;
  const inner = (exported as { readonly default?: unknown } | null | undefined)?.default;
  return typeof inner === 'function' ? (inner as Apply) : undefined;
}
