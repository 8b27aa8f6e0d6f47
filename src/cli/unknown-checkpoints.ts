import path from 'node:path';
import { resolveDataPath } from '../data/paths/node-file-system';
import type { Problem } from '../language/learning-problem';
import { checkpointUnknown } from '../messages/checkpoint-messages';
import { diagnosticAt } from '../protocol/advise-output';
import type { DiagnosticOutput } from '../protocol/advise-schema';
import { readableFoldersOf } from './readable-folders';
import type { Io } from './terminal';
import { workspaceFoldersOf } from './workspace-folders';

/** Checkpoints that are neither a file or folder on this machine nor in the catalogue, at the annotations that name them. */
export async function unknownCheckpoints(
  { tasks, datasets }: Problem,
  paths: readonly string[],
  io: Pick<Io, 'cwd'>,
): Promise<readonly DiagnosticOutput[]> {
  const found: DiagnosticOutput[] = [];
  for (const { checkpoint, reference } of [...tasks, ...datasets]) {
    if (checkpoint === undefined) continue;
    // Loaded where a checkpoint is named.
    const { findCheckpoint, similarCheckpoint } = await import('../catalogue/checkpoint-catalogue');
    if (findCheckpoint(checkpoint)) continue;
    const { file } = reference;
    const folders = workspaceFoldersOf(file, paths, io);
    const readable = readableFoldersOf(file, paths, io);
    const place = await resolveDataPath(checkpoint, path.resolve(io.cwd, file), folders, readable);
    // What lies outside the workspace is not looked at; whether it is there shows when a pilot asks.
    if (place.kind !== 'local' || place.exists) continue;
    const message = checkpointUnknown({ name: checkpoint, similar: similarCheckpoint(checkpoint) });
    found.push(diagnosticAt(reference, { severity: 'warning', code: 'unknown-checkpoint', message }));
  }
  return found;
}
