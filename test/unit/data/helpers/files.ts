import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface Scratch {
  readonly folder: string;
  /** Writes a file, with the folders it needs; gives its path. */
  write(name: string, contents: string | Uint8Array): Promise<string>;
}

/** A folder for one `describe`, removed after it. */
export function useScratch(): Scratch {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'strategy-advisor-test-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));
  return {
    get folder() {
      return folder;
    },
    async write(name, contents) {
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, contents);
      return path;
    },
  };
}
