import path from 'node:path';
import type { JobSpec } from '../../protocol/job-files';
import type { RaceLook } from '../../protocol/race-file';
import type { RunManifest } from '../../protocol/run-files';
import { writeJson } from '../store/atomic-files';
import { readLooks } from '../store/read-run';
import { RUN } from '../store/run-folder';
import type { RunReader } from '../store/run-reader';
import { FIRST_LOOK, type PlannedJob, isRace, isRaceOver, openJobs, roundJobs } from './open-trials';
import { plannedJob } from './planned-jobs';
import { takeLook } from './take-look';

/** Which jobs of a run are to be done, while it goes on. */
export interface Race {
  /** Jobs that have run or may still run, as far as is known. */
  readonly open: () => readonly PlannedJob[];
  /**
   * The jobs of the next round, those before it that have no result among them; none where that was all. To be asked for
   * when nothing runs: a round that is complete is looked at first, and the look is written down.
   *
   * @throws RunError where it cannot be written
   */
  readonly next: () => Promise<readonly PlannedJob[]>;
}

export interface RaceOptions {
  readonly folder: string;
  readonly manifest: RunManifest;
  readonly specs: readonly JobSpec[];
  readonly reader: RunReader;
  /** Whether a job has finished or failed, in this process or before. */
  readonly isDone: (job: string) => boolean;
  readonly onLook: (look: RaceLook) => void;
}

/** A run that goes through its rounds. One that is no race has a single round of all its jobs. */
export async function openRace(options: RaceOptions): Promise<Race> {
  const { folder, manifest, specs, reader, isDone, onLook } = options;
  const jobs = specs.map(plannedJob);
  let looks = isRace(manifest) ? await readLooks(folder) : [];
  const given = new Set<string>();
  /** Those of the round that nobody has tried. */
  const left = (): readonly PlannedJob[] =>
    roundJobs(manifest, jobs, looks).filter(({ id }) => !isDone(id) && !given.has(id));
  return {
    open: () => openJobs(manifest, jobs, looks),
    async next() {
      for (;;) {
        const round = left();
        for (const { id } of round) given.add(id);
        if (round.length > 0 || !isRace(manifest) || isRaceOver(manifest, looks)) return round;
        const look = takeLook(
          { ...(await reader.read()), looks },
          Math.max(FIRST_LOOK, (looks.at(-1)?.round ?? 0) + 1),
        );
        looks = [...looks, look];
        await writeJson(path.join(folder, RUN.race), { version: 1, looks });
        onLook(look);
      }
    },
  };
}
