import * as v from 'valibot';
import type { PilotReport } from '../../protocol/pilot-report';
import { nothing, requestSchema } from '../page-channel';
import { count, text, texts } from '../../protocol/schema-helpers';
import { commonRequests, stateReader } from '../page-messages';
import { POINT_WIDTH } from './trial-points';

/** What the page of a run and its host tell each other, and what the page keeps. */

export const metric = v.object({ name: text, higherIsBetter: v.boolean() });

export const runStates = v.picklist(['running', 'interrupted', 'stopped', 'finished', 'failed']);

const head = v.object({
  id: text,
  arm: text,
  strategy: text,
  variant: v.exactOptional(text),
  n: v.exactOptional(v.number()),
  seed: v.number(),
});

/** Rows of numbers, as `trial-points.ts` has them; a look at their count is all that time allows. */
const points = v.custom<Float64Array>(
  value => value instanceof Float64Array && value.length % POINT_WIDTH === 0,
);

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
  state: runStates,
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
  warnings: texts,
});

/** The shape that charts rely on; the rest of a report is as its version says. */
const isReport = (value: unknown): boolean =>
  v.is(
    v.object({
      version: v.literal(1),
      run: text,
      task: text,
      metric,
      arms: v.array(
        v.object({
          id: text,
          strategy: text,
          curve: v.array(v.object({ n: v.number() })),
          differences: v.array(v.object({ n: v.number() })),
        }),
      ),
      complete: v.boolean(),
      warnings: texts,
      margin: v.number(),
      available: v.number(),
      conditions: v.array(v.object({ status: text, statement: text, source: text })),
    }),
    value,
  );
export const report = v.custom<PilotReport>(isReport);

const delta = v.object({ status, trials: v.array(trial), report: v.exactOptional(report) });
const content = v.object({ ...delta.entries, facts });

export const runPageMessages = {
  requests: {
    ...commonRequests,
    /** All there is; what is new follows as `delta`. */
    open: requestSchema(nothing, content),
  },
  notifications: {
    delta: delta,
    /** The run has another name or other notes. */
    facts: facts,
    /** The run cannot be followed any more; what is shown stays. */
    gone: v.object({ message: text }),
  },
};

/** How a run is looked at: kept by VS Code while its page is hidden, and when the window is loaded anew. */
const view = v.object({
  by: v.picklist(['mean', 'trial']),
  axis: v.picklist(['epoch', 'step', 'seconds']),
  smoothing: v.pipe(v.number(), v.minValue(0), v.maxValue(0.99)),
  size: v.union([v.picklist(['latest', 'all']), v.number()]),
  hidden: texts,
  logarithmic: v.boolean(),
  /** How far the page is scrolled down, in pixels. */
  scroll: v.number(),
});

const runPageState = v.object({ version: v.literal(1), run: text, view: v.exactOptional(view) });

export type RunContent = v.InferOutput<typeof content>;
export type RunContentDelta = v.InferOutput<typeof delta>;
export type RunFacts = v.InferOutput<typeof facts>;
export type RunStatus = v.InferOutput<typeof status>;
export type RunView = v.InferOutput<typeof view>;
export type RunPageState = v.InferOutput<typeof runPageState>;

export const readRunPageState = stateReader(runPageState);
