import type { ChildProcess, SpawnOptions } from 'node:child_process';

export function spawnOwned(command: string, args: readonly string[], options?: SpawnOptions): ChildProcess;
export function exitStatus(child: ChildProcess): Promise<number>;
export function runOwned(command: string, args: readonly string[], options?: SpawnOptions): Promise<void>;
export function endOwned(child: ChildProcess): Promise<void>;
export function temporaryFolder(prefix: string, parent?: string): string;
export function removeFolder(folder: string): Promise<void>;
