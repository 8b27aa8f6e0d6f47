import * as v from 'valibot';
import { nothing, requestSchema } from '../page-channel';
import { text } from '../../protocol/schema-helpers';
import { commonRequests, stateReader } from '../page-messages';
import { EDGE_KINDS, NODE_KINDS } from './diagram-graph';

/** What the page of the diagram and its host tell each other, and what the page keeps. */

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

const content = v.object({
  /** How the problem is called. */
  name: text,
  graph: v.object({
    nodes: v.pipe(v.array(node), v.readonly()),
    edges: v.pipe(v.array(edge), v.readonly()),
  }),
  /** Why there is nothing, where something failed. */
  message: v.exactOptional(text),
});

export const diagramPageMessages = {
  requests: {
    ...commonRequests,
    open: requestSchema(nothing, content),
    /** Shows where a node is annotated; with `focus`, the editor gets the keyboard. */
    reveal: requestSchema(v.object({ node: text, focus: v.boolean() }), nothing),
  },
  notifications: {
    /** The problem is another. */
    graph: content,
  },
};

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

export type DiagramContent = v.InferOutput<typeof content>;
export type DiagramPageState = v.InferOutput<typeof diagramPageState>;

export const readDiagramPageState = stateReader(diagramPageState);
