import { spawnSync } from 'node:child_process';

/** The one named in PYTHON, or else the one on the path and Debian's own, which need not be the same. */
const CANDIDATES = process.env['PYTHON'] ? [process.env['PYTHON']] : ['python3', '/usr/bin/python3'];

/** A Python interpreter that has the given modules, or why there is none. */
export type Python = { readonly command: string } | { readonly missing: string };

const found = new Map<string, Python>();

/** Looks for a Python interpreter that imports all of `modules`; `debian` are the packages that bring them. */
export function pythonWith(modules: readonly string[], debian: string): Python {
  const key = modules.join(', ');
  const known = found.get(key) ?? search(key, debian);
  found.set(key, known);
  return known;
}

function search(modules: string, debian: string): Python {
  const command = CANDIDATES.find(python => spawnSync(python, ['-c', `import ${modules}`]).status === 0);
  if (command !== undefined) return { command };
  return { missing: `${CANDIDATES.join(' and ')}: no Python with ${modules} (${debian})` };
}
