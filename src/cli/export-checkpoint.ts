import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { findCheckpoint, similarCheckpoint } from '../catalogue/checkpoint-catalogue';
import { readRegular } from '../files/regular-file';
import { type CheckpointCall, type CheckpointLibrary, checkpointCalls } from '../inference/checkpoint-calls';
import { type Exported, type ExportScript, exportScript } from '../inference/export-script';
import { withPythonTree } from '../inference/python-parser';
import { DONE, FAILED } from './command-line';
import type { Io } from './terminal';

/** Writes a program for each name, and for each checkpoint that a Python file loads; returns the exit status. */
export async function runExport(paths: readonly string[], io: Io): Promise<number> {
  let status = DONE;
  for (const named of paths) {
    const found = /\.py$/i.test(named) ? await loadedIn(named, io) : known(named);
    if (found.length === 0) {
      status = FAILED;
      io.stderr.line(/\.py$/i.test(named) ? noCheckpoint(named) : unknown(named));
    }
    for (const each of found) {
      const script = exportScript(each);
      if (script) print(each, script, io);
      else {
        status = FAILED;
        io.stderr.line(
          l10n.t('{0}: checkpoints of {1} are not exported.', each.name, each.known?.library ?? each.library),
        );
      }
    }
  }
  return status;
}

/** In bytes, of a Python file. */
const MAX_FILE = 2_000_000;

/** The checkpoints that a file loads, each once. */
async function loadedIn(file: string, io: Io): Promise<readonly CheckpointCall[]> {
  const source = (await readRegular(path.resolve(io.cwd, file), MAX_FILE)).toString('utf8');
  const calls = (await withPythonTree(source, checkpointCalls)) ?? [];
  return [...new Map(calls.map(call => [`${call.library} ${call.name}`, call])).values()];
}

const LIBRARIES: ReadonlySet<string> = new Set<CheckpointLibrary>([
  'timm',
  'torchvision',
  'transformers',
  'sentence-transformers',
  'keras',
]);

function known(name: string): readonly Exported[] {
  const entry = findCheckpoint(name);
  if (!entry) return [];
  const { library } = entry;
  // The catalogue names libraries that share names by the library first.
  const plain = entry.name.replace(/^(?:timm|keras|torchvision)\//, '');
  return [
    {
      library: LIBRARIES.has(library) ? (library as CheckpointLibrary) : 'torch-hub',
      name: plain,
      known: entry,
    },
  ];
}

function print({ name }: Exported, { folder, packages, lines }: ExportScript, io: Io): void {
  io.stdout.lines([`# ${name}: pip install ${packages.join(' ')}`, ...lines, '']);
  io.stderr.line(
    l10n.t('Run this with Python where the annotations are, then write {0}.', `checkpoint=${folder}`),
  );
}

function noCheckpoint(file: string): string {
  return l10n.t('{0} loads no pre-trained weights in a way that is recognised.', file);
}

function unknown(name: string): string {
  const similar = similarCheckpoint(name);
  const text = l10n.t('No well-known checkpoint is called {0}.', name);
  return similar === undefined ? text : `${text} ${l10n.t('Did you mean {0}?', similar)}`;
}
