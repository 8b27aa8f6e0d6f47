/** What the page of the diagram and its host tell each other; both check what arrives. */
import * as v from 'valibot';
import { reader, save } from '../messages';
import { EDGE_KINDS, NODE_KINDS } from './graph';

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
  save,
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
