import type { PilotResult } from '../advisor/advice';
import type { Problem } from '../annotations/problem';
import type { Io } from './io';
import { loadRuns } from './launch';
import { locateData, runsOfPaths } from './workspace';

/** What pilots have measured in the folders given; the bundle that reads runs is loaded only where there are some. */
export async function measured(
  paths: readonly string[],
  problem: Problem,
  io: Pick<Io, 'cwd'>,
): Promise<readonly PilotResult[]> {
  const folders = runsOfPaths(paths, io);
  if (folders.length === 0) return [];
  const { measuredPilots } = await loadRuns();
  const found = folders.map(folder => measuredPilots(folder, problem, locateData(paths, io)));
  return (await Promise.all(found)).flat();
}
