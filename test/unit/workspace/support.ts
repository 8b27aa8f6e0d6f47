import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export type Files = Readonly<Record<string, string | Uint8Array>>;

export interface Folder {
  readonly root: string;
  /** Absolute, of a path inside. */
  readonly at: (name: string) => string;
  readonly write: (files: Files) => void;
}

const made: string[] = [];

/** A temporary folder with these files in it; {@link removeFolders} takes it away again. */
export function createFolder(files: Files = {}): Folder {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'strategy-advisor-unit-')));
  made.push(root);
  chmodSync(root, 0o755);
  const at = (name: string): string => path.join(root, name);
  const write = (more: Files): void => {
    for (const [name, content] of Object.entries(more)) {
      mkdirSync(path.dirname(at(name)), { recursive: true });
      writeFileSync(at(name), content);
    }
  };
  write(files);
  return { root, at, write };
}

export function removeFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** One annotated line; `name` tells where it was found. */
export function dataset(name: string, comment = '#'): string {
  return `${comment} @dataset ${name} task=t num_examples=5k\n`;
}

/** Does something without the powers of root, to whom every file is readable. */
export function asOrdinaryUser<T>(run: () => T): T {
  if (process.geteuid?.() !== 0) return run();
  const nobody = 65534;
  process.seteuid?.(nobody);
  try {
    return run();
  } finally {
    process.seteuid?.(0);
  }
}
