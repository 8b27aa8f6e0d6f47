import * as v from 'valibot';
import { nothing, requestSchema } from '../page-channel';
import { byName, text, texts } from '../../protocol/schema-helpers';
import { commonRequests, stateReader } from '../page-messages';
import { metric, report, runStates } from './run-page-messages';

/** What the list of runs and its host tell each other, and what the page keeps. */

const listed = v.object({
  folder: text,
  id: text,
  kind: v.picklist(['pilot', 'train']),
  task: text,
  state: runStates,
  started: text,
  name: v.exactOptional(text),
  notes: v.exactOptional(text),
  report: v.exactOptional(report),
  metric,
  sizes: v.array(v.number()),
  seeds: v.number(),
  available: v.number(),
  /** Hashes of what it rests on. */
  annotations: text,
  data: byName(text),
});

const runList = v.object({
  runs: v.array(listed),
  broken: v.array(v.object({ folder: text, message: text })),
});

const byFolder = v.object({ folder: text });

export const runsPageMessages = {
  requests: {
    ...commonRequests,
    open: requestSchema(nothing, runList),
    openRun: requestSchema(byFolder, nothing),
    rename: requestSchema(v.object({ folder: text, name: v.pipe(text, v.maxLength(200)) }), nothing),
    note: requestSchema(v.object({ folder: text, notes: v.pipe(text, v.maxLength(10_000)) }), nothing),
    /** Gives the name of what was deleted, which can be brought back until the next one is. */
    delete: requestSchema(byFolder, v.object({ name: text })),
    undo: requestSchema(nothing, nothing),
  },
  notifications: {
    /** The list is another. */
    runs: runList,
    failed: v.object({ message: text }),
  },
};

const runsPageState = v.object({
  version: v.literal(1),
  filter: text,
  state: v.union([v.literal(''), runStates]),
  /** The folders of the two runs that are compared, or of fewer. */
  chosen: texts,
});

export type ListedRun = v.InferOutput<typeof listed>;
export type RunList = v.InferOutput<typeof runList>;
export type RunsPageState = v.InferOutput<typeof runsPageState>;

export const readRunsPageState = stateReader(runsPageState);
