import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * The folder of the public datasets that some tests and benchmarks read: `$REAL_DATA`, or `shared/data` beside the
 * checkout. They are not part of the repository; what needs one that is missing is skipped by name.
 */
export const REAL_DATA = path.resolve(
  process.env['REAL_DATA'] ?? path.join(import.meta.dirname, '../../../shared/data'),
);

/** Why something that needs these files of `REAL_DATA` cannot run, or undefined where all are there. */
export function missingData(...names: readonly string[]): string | undefined {
  const missing = names.filter(name => !existsSync(path.join(REAL_DATA, name)));
  return missing.length > 0
    ? `no ${missing.join(', ')} in ${path.relative(process.cwd(), REAL_DATA)}; REAL_DATA names another folder`
    : undefined;
}
