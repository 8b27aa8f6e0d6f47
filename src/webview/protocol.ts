/**
 * What the pages of runs and their hosts tell each other. Both sides check what arrives; what does not fit is refused
 * as a whole.
 */
import * as v from 'valibot';
import type { PilotReport } from '../training/pilot/report';
import { WIDTH } from './live/points';
import { reader, save } from './messages';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = v.string();

const metric = v.object({ name: text, higherIsBetter: v.boolean() });

const state = v.picklist(['running', 'interrupted', 'stopped', 'finished', 'failed']);

const head = v.object({
  id: text,
  arm: text,
  strategy: text,
  variant: v.exactOptional(text),
  n: v.exactOptional(v.number()),
  seed: v.number(),
});

/** Rows of numbers, as `live/points.ts` has them; a look at their count is all that time allows. */
const points = v.custom<Float64Array>(value => value instanceof Float64Array && value.length % WIDTH === 0);

const trial = v.object({
  id: text,
  head: v.exactOptional(head),
  status: v.picklist(['waiting', 'running', 'finished', 'failed']),
  restarted: v.exactOptional(v.boolean()),
  stretches: v.exactOptional(
    v.pipe(
      v.array(v.object({ phase: text, learningRate: v.exactOptional(v.number()), candidate: count })),
      v.readonly(),
    ),
  ),
  points: v.exactOptional(points),
  chosenRate: v.exactOptional(v.number()),
  value: v.exactOptional(v.number()),
  seconds: v.exactOptional(v.number()),
  message: v.exactOptional(text),
});

const status = v.object({
  state,
  finished: count,
  failed: count,
  total: count,
  secondsLeft: v.exactOptional(v.number()),
  message: v.exactOptional(text),
});

const facts = v.object({
  id: text,
  kind: v.picklist(['pilot', 'train']),
  task: text,
  /** ISO 8601, UTC. */
  started: text,
  name: v.exactOptional(text),
  notes: v.exactOptional(text),
  metric,
  /** The target's training examples in all. */
  available: v.number(),
  warnings: v.array(text),
});

/** The shape that charts rely on; the rest of a report is as its version says. */
const isReport = (value: unknown): boolean =>
  v.is(
    v.looseObject({
      version: v.literal(1),
      run: text,
      task: text,
      metric,
      arms: v.array(
        v.looseObject({
          id: text,
          strategy: text,
          curve: v.array(v.looseObject({ n: v.number() })),
          differences: v.array(v.looseObject({ n: v.number() })),
        }),
      ),
      complete: v.boolean(),
      warnings: v.array(text),
      margin: v.number(),
      available: v.number(),
      conditions: v.array(v.looseObject({ status: text, statement: text, source: text })),
    }),
    value,
  );
const report = v.custom<PilotReport>(isReport);

/** How a run is looked at: kept by VS Code while its page is hidden, and when the window is loaded anew. */
const view = v.object({
  by: v.picklist(['mean', 'trial']),
  axis: v.picklist(['epoch', 'step', 'seconds']),
  smoothing: v.pipe(v.number(), v.minValue(0), v.maxValue(0.99)),
  size: v.union([v.picklist(['latest', 'all']), v.number()]),
  hidden: v.array(text),
  logarithmic: v.boolean(),
  /** How far the page is scrolled down, in pixels. */
  scroll: v.number(),
});

const runPageState = v.object({ version: v.literal(1), run: text, view: v.exactOptional(view) });

const toRunPage = v.variant('kind', [
  v.object({
    kind: v.literal('open'),
    /** The folder of the run. */
    run: text,
    /** The display language, as BCP 47, and its texts as JSON. */
    language: text,
    texts: v.exactOptional(text),
    facts,
    status,
    trials: v.array(trial),
    report: v.exactOptional(report),
  }),
  v.object({
    kind: v.literal('delta'),
    status,
    trials: v.array(trial),
    report: v.exactOptional(report),
  }),
  v.object({ kind: v.literal('facts'), facts }),
  /** The run cannot be shown, or not any more; what is shown stays. */
  v.object({
    kind: v.literal('failed'),
    run: text,
    language: text,
    texts: v.exactOptional(text),
    message: text,
  }),
]);

const fromRunPage = v.variant('kind', [v.object({ kind: v.literal('ready') }), save]);

const listed = v.object({
  folder: text,
  id: text,
  kind: v.picklist(['pilot', 'train']),
  task: text,
  state,
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
  data: v.record(text, text),
});

const toRunsPage = v.variant('kind', [
  v.object({
    kind: v.literal('runs'),
    language: text,
    texts: v.exactOptional(text),
    runs: v.array(listed),
    broken: v.array(v.object({ folder: text, message: text })),
  }),
  /** A run was deleted, and can be brought back until the next one is. */
  v.object({ kind: v.literal('deleted'), name: text }),
  v.object({ kind: v.literal('failed'), message: text }),
]);

const fromRunsPage = v.variant('kind', [
  v.object({ kind: v.literal('ready') }),
  v.object({ kind: v.literal('open'), folder: text }),
  v.object({ kind: v.literal('rename'), folder: text, name: v.pipe(text, v.maxLength(200)) }),
  v.object({ kind: v.literal('note'), folder: text, notes: v.pipe(text, v.maxLength(10_000)) }),
  v.object({ kind: v.literal('delete'), folder: text }),
  v.object({ kind: v.literal('undo') }),
  save,
]);

const runsPageState = v.object({
  version: v.literal(1),
  filter: text,
  state: v.union([v.literal(''), state]),
  /** The folders of the two runs that are compared, or of fewer. */
  chosen: v.array(text),
});

export type ToRunPage = v.InferOutput<typeof toRunPage>;
export type FromRunPage = v.InferOutput<typeof fromRunPage>;
export type RunFacts = v.InferOutput<typeof facts>;
export type RunStatus = v.InferOutput<typeof status>;
export type RunView = v.InferOutput<typeof view>;
export type RunPageState = v.InferOutput<typeof runPageState>;
export type ToRunsPage = v.InferOutput<typeof toRunsPage>;
export type FromRunsPage = v.InferOutput<typeof fromRunsPage>;
export type ListedRun = v.InferOutput<typeof listed>;
export type RunsPageState = v.InferOutput<typeof runsPageState>;
export type { SaveRequest } from './messages';

/** Each reads a message or a kept state: what it says, or `undefined` where it is none. */
export const readToRunPage = reader(toRunPage);
export const readFromRunPage = reader(fromRunPage);
export const readRunPageState = reader(runPageState);
export const readToRunsPage = reader(toRunsPage);
export const readFromRunsPage = reader(fromRunsPage);
export const readRunsPageState = reader(runsPageState);
