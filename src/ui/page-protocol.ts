import * as v from 'valibot';
import type { PilotReport } from '../protocol/pilot-report';
import { EDGE_KINDS, NODE_KINDS } from './diagram/diagram-graph';
import { POINT_WIDTH } from './runs/trial-points';

/** What all pages and their hosts tell each other alike, and how messages are read. */

/** Names of files come from pages, which draw what files say: they lead to no other folder. */
const fileName = v.pipe(v.string(), v.regex(/^[\w][\w .-]*\.(?:png|svg|csv)$/), v.maxLength(120));

/** A page has made a file, for the host to ask where it goes. */
const saveRequest = v.object({
  kind: v.literal('save'),
  name: fileName,
  content: v.union([v.string(), v.custom<Uint8Array>(value => value instanceof Uint8Array)]),
});

export type SaveRequest = v.InferOutput<typeof saveRequest>;

type Schema = v.GenericSchema;

/** Reads a message or a kept state: what it says, or `undefined` where it is none. */
function reader<S extends Schema>(schema: S): (value: unknown) => v.InferOutput<S> | undefined {
  return value => {
    const read = v.safeParse(schema, value);
    return read.success ? read.output : undefined;
  };
}

/**
 * What the pages of runs and their hosts tell each other. Both sides check what arrives; what does not fit is refused
 * as a whole.
 */

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const string = v.string();

const metric = v.object({ name: string, higherIsBetter: v.boolean() });

const state = v.picklist(['running', 'interrupted', 'stopped', 'finished', 'failed']);

const head = v.object({
  id: string,
  arm: string,
  strategy: string,
  variant: v.exactOptional(string),
  n: v.exactOptional(v.number()),
  seed: v.number(),
});

/** Rows of numbers, as `live/points.ts` has them; a look at their count is all that time allows. */
const points = v.custom<Float64Array>(
  value => value instanceof Float64Array && value.length % POINT_WIDTH === 0,
);

const trial = v.object({
  id: string,
  head: v.exactOptional(head),
  status: v.picklist(['waiting', 'running', 'finished', 'failed']),
  restarted: v.exactOptional(v.boolean()),
  stretches: v.exactOptional(
    v.pipe(
      v.array(v.object({ phase: string, learningRate: v.exactOptional(v.number()), candidate: count })),
      v.readonly(),
    ),
  ),
  points: v.exactOptional(points),
  chosenRate: v.exactOptional(v.number()),
  value: v.exactOptional(v.number()),
  seconds: v.exactOptional(v.number()),
  message: v.exactOptional(string),
});

const status = v.object({
  state,
  finished: count,
  failed: count,
  total: count,
  secondsLeft: v.exactOptional(v.number()),
  message: v.exactOptional(string),
});

const facts = v.object({
  id: string,
  kind: v.picklist(['pilot', 'train']),
  task: string,
  /** ISO 8601, UTC. */
  started: string,
  name: v.exactOptional(string),
  notes: v.exactOptional(string),
  metric,
  /** The target's training examples in all. */
  available: v.number(),
  warnings: v.array(string),
});

/** The shape that charts rely on; the rest of a report is as its version says. */
const isReport = (value: unknown): boolean =>
  v.is(
    v.looseObject({
      version: v.literal(1),
      run: string,
      task: string,
      metric,
      arms: v.array(
        v.looseObject({
          id: string,
          strategy: string,
          curve: v.array(v.looseObject({ n: v.number() })),
          differences: v.array(v.looseObject({ n: v.number() })),
        }),
      ),
      complete: v.boolean(),
      warnings: v.array(string),
      margin: v.number(),
      available: v.number(),
      conditions: v.array(v.looseObject({ status: string, statement: string, source: string })),
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
  hidden: v.array(string),
  logarithmic: v.boolean(),
  /** How far the page is scrolled down, in pixels. */
  scroll: v.number(),
});

const runPageState = v.object({ version: v.literal(1), run: string, view: v.exactOptional(view) });

const toRunPage = v.variant('kind', [
  v.object({
    kind: v.literal('open'),
    /** The folder of the run. */
    run: string,
    /** The display language, as BCP 47, and its texts as JSON. */
    language: string,
    texts: v.exactOptional(string),
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
    run: string,
    language: string,
    texts: v.exactOptional(string),
    message: string,
  }),
]);

const fromRunPage = v.variant('kind', [v.object({ kind: v.literal('ready') }), saveRequest]);

const listed = v.object({
  folder: string,
  id: string,
  kind: v.picklist(['pilot', 'train']),
  task: string,
  state,
  started: string,
  name: v.exactOptional(string),
  notes: v.exactOptional(string),
  report: v.exactOptional(report),
  metric,
  sizes: v.array(v.number()),
  seeds: v.number(),
  available: v.number(),
  /** Hashes of what it rests on. */
  annotations: string,
  data: v.record(string, string),
});

const toRunsPage = v.variant('kind', [
  v.object({
    kind: v.literal('runs'),
    language: string,
    texts: v.exactOptional(string),
    runs: v.array(listed),
    broken: v.array(v.object({ folder: string, message: string })),
  }),
  /** A run was deleted, and can be brought back until the next one is. */
  v.object({ kind: v.literal('deleted'), name: string }),
  v.object({ kind: v.literal('failed'), message: string }),
]);

const fromRunsPage = v.variant('kind', [
  v.object({ kind: v.literal('ready') }),
  v.object({ kind: v.literal('open'), folder: string }),
  v.object({ kind: v.literal('rename'), folder: string, name: v.pipe(string, v.maxLength(200)) }),
  v.object({ kind: v.literal('note'), folder: string, notes: v.pipe(string, v.maxLength(10_000)) }),
  v.object({ kind: v.literal('delete'), folder: string }),
  v.object({ kind: v.literal('undo') }),
  saveRequest,
]);

const runsPageState = v.object({
  version: v.literal(1),
  filter: string,
  state: v.union([v.literal(''), state]),
  /** The folders of the two runs that are compared, or of fewer. */
  chosen: v.array(string),
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

/** Each reads a message or a kept state: what it says, or `undefined` where it is none. */
export const readToRunPage = reader(toRunPage);
export const readFromRunPage = reader(fromRunPage);
export const readRunPageState = reader(runPageState);
export const readToRunsPage = reader(toRunsPage);
export const readFromRunsPage = reader(fromRunsPage);
export const readRunsPageState = reader(runsPageState);

/** What the page of the diagram and its host tell each other; both check what arrives. */

const text = v.string();

const node = v.object({
  id: text,
  kind: v.picklist(NODE_KINDS),
  name: text,
  details: v.pipe(v.array(text), v.readonly()),
  strategy: v.exactOptional(text),
});

const edge = v.object({
  from: text,
  to: text,
  kind: v.picklist(EDGE_KINDS),
  text,
  label: v.exactOptional(text),
});

const graph = v.object({
  nodes: v.pipe(v.array(node), v.readonly()),
  edges: v.pipe(v.array(edge), v.readonly()),
});

const toDiagramPage = v.object({
  kind: v.literal('graph'),
  /** The key of the problem, and how it is called. */
  scope: text,
  name: text,
  /** The display language, as BCP 47, and its texts as JSON. */
  language: text,
  texts: v.exactOptional(text),
  graph,
  /** Why there is nothing, where something failed. */
  message: v.exactOptional(text),
});

const fromDiagramPage = v.variant('kind', [
  v.object({ kind: v.literal('ready') }),
  /** Shows where a node is annotated; with `focus`, the editor gets the keyboard. */
  v.object({ kind: v.literal('reveal'), node: text, focus: v.boolean() }),
  saveRequest,
]);

/** Kept by VS Code while the page is hidden, and when the window is loaded anew. */
const diagramPageState = v.object({
  version: v.literal(1),
  scope: text,
  /** The node that was chosen last. */
  chosen: v.exactOptional(text),
  /** Which part is shown; all of it where the user has not chosen. */
  view: v.exactOptional(
    v.object({ scale: v.pipe(v.number(), v.minValue(0.01), v.maxValue(10)), x: v.number(), y: v.number() }),
  ),
});

export type ToDiagramPage = v.InferOutput<typeof toDiagramPage>;
export type FromDiagramPage = v.InferOutput<typeof fromDiagramPage>;
export type DiagramPageState = v.InferOutput<typeof diagramPageState>;

/** Each reads a message or a kept state: what it says, or `undefined` where it is none. */
export const readToDiagramPage = reader(toDiagramPage);
export const readFromDiagramPage = reader(fromDiagramPage);
export const readDiagramPageState = reader(diagramPageState);
