import path from 'node:path';
import { isRegularFile, textOfFile } from './file-hash';

/** A source file is not larger, and a program of more files than this is known by its first ones. */
const LARGEST = 1024 * 1024;
const MOST_FILES = 500;

/** What JavaScript loads by a path: behind `from`, `import` and `require`. */
const JS_IMPORT = /\b(?:from|import|require)\s{0,8}\(?\s{0,8}["']([^"'\n]{1,1000})["']/g;
/** The names of Python's modules, up to the end of the line or `import`. */
const PY_IMPORT = /^[ \t]{0,200}(?:from|import)[ \t]{1,8}([\w., \t]{1,1000})/gm;

const JS = new Set(['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts', '.jsx', '.tsx']);
const PY = new Set(['.py', '.pyw']);

/**
 * The files themselves, and those that they import by a path (JavaScript) or that lie beside them (Python), one through
 * the other. Imports that a program makes up while it runs are not seen.
 */
export async function withImports(files: readonly string[]): Promise<readonly string[]> {
  const found = new Set(files);
  for (const file of found) {
    if (found.size >= MOST_FILES) break;
    const ending = path.extname(file).toLowerCase();
    const candidates = JS.has(ending)
      ? jsCandidates(file, (await textOfFile(file, LARGEST)) ?? '')
      : PY.has(ending)
        ? pyCandidates(file, (await textOfFile(file, LARGEST)) ?? '')
        : [];
    for (const candidate of candidates)
      if (!found.has(candidate) && (await isRegularFile(candidate))) found.add(candidate);
  }
  return [...found];
}

function jsCandidates(file: string, text: string): string[] {
  const folder = path.dirname(file);
  return Array.from(text.matchAll(JS_IMPORT), ([, specifier = '']) => specifier)
    .filter(specifier => specifier.startsWith('.') || path.isAbsolute(specifier))
    .flatMap(specifier => {
      const base = path.resolve(folder, specifier);
      return ['', ...JS, '.json', '/index.js'].map(ending => base + ending);
    });
}

function pyCandidates(file: string, text: string): string[] {
  const folder = path.dirname(file);
  return Array.from(text.matchAll(PY_IMPORT), ([, names = '']) => names.split(/ import\b/)[0] ?? '')
    .flatMap(names => names.split(','))
    .map(name => name.trim().split(/\s/)[0] ?? '')
    .filter(name => name !== '')
    .flatMap(name => {
      const up = /^\.*/.exec(name)?.[0].length ?? 0;
      const base = path.resolve(folder, ...Array.from({ length: Math.max(0, up - 1) }, () => '..'));
      const steps = name
        .slice(up)
        .split('.')
        .filter(step => step !== '');
      return pythonModule(base, steps);
    });
}

/** The files that may hold a module of Python. */
export function pythonModule(folder: string, steps: readonly string[]): string[] {
  const place = path.join(folder, ...steps);
  const around = steps.map((_, i) => path.join(folder, ...steps.slice(0, i + 1), '__init__.py'));
  return [...(steps.length > 0 ? [`${place}.py`] : []), path.join(place, '__main__.py'), ...around];
}
