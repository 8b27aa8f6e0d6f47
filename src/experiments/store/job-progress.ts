import { closeSync, constants, fstatSync, openSync, writeFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../../common/errors';
import { isFileRefused, refused } from '../../files/file-errors';
import { NO_LINK, assertOwnFolders } from '../../files/own-files';
import { notRegularFile } from '../../messages/data-access-messages';
import { linkInTheWay } from '../../messages/own-file-messages';
import type { JobCheckpoints } from '../../training/job-context';
import { type MetricEvent, checkpointIndex } from '../../protocol/job-files';
import { CHECKPOINT } from '../../training/loop/checkpoints';
import { writeError } from '../experiment-errors';
import { readBytes, readError, writeWhole } from './atomic-files';
import { readIfWhole } from './read-json';
import { JOB, LIMITS } from './run-folder';

/** Seconds of training between two checkpoints, where the usual is too seldom or too often. */
const EVERY = 'STRATEGY_ADVISOR_CHECKPOINT_SECONDS';

/** What a job keeps of its training in its folder. */
export async function jobCheckpoints(job: string): Promise<JobCheckpoints> {
  const folder = path.join(job, JOB.checkpoint);
  const every = Number(process.env[EVERY] || NaN);
  return {
    ...(every >= 0 && { every }),
    index: await readIfWhole(path.join(folder, CHECKPOINT), checkpointIndex),
    files: {
      async read(name) {
        // What cannot be read is as what is not there: that part of the training is done again.
        return readBytes(path.join(folder, name), LIMITS.weights).catch(() => undefined);
      },
      async write(name, content) {
        await makeInside(folder);
        await writeWhole(path.join(folder, name), content);
      },
    },
  };
}

/** A folder that was removed with all around it is not made again. */
async function makeInside(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw writeError(error, folder);
  }
}

/** Leaves the first points of training that a job has reported: those after its checkpoint come again. */
export async function keepEvents(job: string, count: number): Promise<void> {
  const file = path.join(job, JOB.metrics);
  if (count === 0) return rm(file, { force: true });
  const bytes = await readBytes(file, LIMITS.metrics).catch(() => undefined);
  // What cannot be read, a link among it, makes room: the points that come are appended to a file of this job.
  if (!bytes) return rm(file, { recursive: true, force: true });
  let end = 0;
  for (let line = 0; line < count; line++) {
    const next = bytes.indexOf(10, end);
    if (next < 0) break;
    end = next + 1;
  }
  // As another file, so that whoever follows it sees that it is not what it was.
  if (end < bytes.length) await writeWhole(file, bytes.subarray(0, end));
}

/** Milliseconds in which points of training are gathered: a file that is followed need not grow more often. */
const GATHER = 100;

export interface MetricsFile {
  readonly add: (event: MetricEvent) => void;
  /** Writes what is gathered. @throws RunError where that, or anything before it, could not be written */
  readonly flush: () => void;
}

/** Keeps points of training in a file, all of them, and tells of the latest a few times a second. */
export function openMetrics(file: string, latest: (event: MetricEvent) => void): MetricsFile {
  let lines = '';
  let last: MetricEvent | undefined;
  let timer: NodeJS.Timeout | undefined;
  let lost: unknown;
  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (last === undefined) return;
    try {
      append(file, lines);
    } catch (error) {
      lost ??= writeError(isFileRefused(error) ? readError(error, file) : error, file);
    }
    latest(last);
    [lines, last] = ['', undefined];
  };
  return {
    add(event) {
      lines += `${JSON.stringify(event)}\n`;
      last = event;
      timer ??= setTimeout(write, GATHER);
    },
    flush() {
      write();
      if (lost !== undefined) throw lost as Error;
    },
  };
}

const { O_APPEND, O_CREAT, O_WRONLY } = constants;

/** Appends to a file of this job, which is none that a link leads to. */
function append(file: string, text: string): void {
  assertOwnFolders(file);
  let handle: number;
  try {
    handle = openSync(file, O_WRONLY | O_APPEND | O_CREAT | NO_LINK, 0o666);
  } catch (error) {
    throw errorCode(error) === 'ELOOP' ? refused('link', linkInTheWay(file), file) : error;
  }
  try {
    if (!fstatSync(handle).isFile()) throw refused('not-regular', notRegularFile(file), file);
    writeFileSync(handle, text);
  } finally {
    closeSync(handle);
  }
}
