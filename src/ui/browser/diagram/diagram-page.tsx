import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Graph } from '../../diagram/diagram-graph';
import { MAX_NODES, type PlacedGraph, layOut, layOutToFit, limitNodes } from '../../diagram/diagram-layout';
import type { DiagramContent, DiagramPageState } from '../../diagram/diagram-page-messages';
import type { ChartFile } from '../shared/chart-export';
import { fileOfDrawing } from '../shared/save-drawing';
import { type Canvas, ZOOM_STEP, actOnKey, createCanvas, createMeasure } from './diagram-canvas';
import { DiagramLegend, Drawing, NodeList, Picture } from './diagram-drawing';

export interface DiagramPageProps {
  readonly content: DiagramContent;
  /** What the page kept when it was last shown. */
  readonly first: DiagramPageState;
  readonly keep: (state: DiagramPageState) => void;
  /** Shows where a node is annotated; with `focus`, the editor gets the keyboard. */
  readonly reveal: (node: string, focus: boolean) => void;
  readonly save: (file: Promise<ChartFile | undefined>) => void;
  /** Why what the user asked for last did not work. */
  readonly failure?: string | undefined;
}

/** A mouse that moved further between press and release has dragged. */
const CLICK = 4;

const NOTHING = layOut({ nodes: [], edges: [] }, () => 0);

/** A problem as a drawing with a toolbar, and the same as a list. */
export function DiagramPage({ content, first, keep, reveal, save, failure }: DiagramPageProps): VNode {
  const { name, graph, message } = content;
  const state = useRef(first);
  const [chosen, setChosen] = useState(first.chosen);
  const [reached, setReached] = useState<string>();
  const list = useRef<HTMLHeadingElement>(null);
  const change = (next: DiagramPageState): void => {
    state.current = next;
    keep(next);
  };
  const { placed, canvas, element, layer } = useDrawing(graph, state, change);
  const isEmpty = graph.nodes.length === 0;
  const hasNode = (id: string | undefined): boolean => placed.nodes.some(({ node }) => node.id === id);
  const choose = (id: string, focus: boolean): void => {
    change({ ...state.current, chosen: id });
    setChosen(id);
    setReached(undefined);
    reveal(id, focus);
  };
  const pressed = useRef({ x: 0, y: 0 });
  return (
    <>
      <Toolbar
        name={name}
        canvas={canvas}
        goToList={() => {
          list.current?.scrollIntoView();
          list.current?.focus();
        }}
        saveAs={format => {
          // What is saved is all of it, however far it is zoomed.
          const drawing = <Picture placed={placed} label={name} />;
          save(fileOfDrawing(document.body, { name: `${name}-diagram`, drawing }, format));
        }}
      />
      <p class="failure" role="alert" hidden={failure === undefined}>
        {failure}
      </p>
      <div hidden={isEmpty}>
        <DiagramLegend graph={graph} />
      </div>
      <p class="empty" role="status" hidden={!isEmpty && message === undefined}>
        {message ?? (isEmpty && l10n.t('No annotations yet.'))}
      </p>
      <figure hidden={isEmpty}>
        <svg
          ref={element}
          class={hasNode(chosen) ? 'canvas has-choice' : 'canvas'}
          role="group"
          aria-label={l10n.t('Diagram of {0}. The list below shows the same content.', name)}
          onPointerDownCapture={({ clientX: x, clientY: y }) => {
            pressed.current = { x, y };
          }}
          onClick={({ target, clientX, clientY }) => {
            if (Math.hypot(clientX - pressed.current.x, clientY - pressed.current.y) > CLICK) return;
            const node = nodeAt(target);
            if (!node) return;
            choose(node.id, false);
            node.element.focus();
          }}
          onKeyDown={event => {
            const node = nodeAt(event.target);
            const drawn = canvas();
            if (!node || !drawn) return;
            const moved = (id: string): void => {
              setReached(id);
              const next = nodeElement(element.current, id);
              if (!next) return;
              next.focus();
              drawn.show(next);
            };
            if (actOnKey(event, node.id, { placed, canvas: drawn, choose, moved })) event.preventDefault();
          }}
        >
          <g ref={layer}>
            <Drawing
              placed={placed}
              chosen={chosen}
              reached={[reached, chosen].find(hasNode) ?? placed.nodes[0]?.node.id}
            />
          </g>
        </svg>
      </figure>
      <p class="facts" hidden={graph.nodes.length <= MAX_NODES}>
        {l10n.t(
          'The diagram shows the first {1} of {0} nodes. The list shows all of them.',
          graph.nodes.length,
          MAX_NODES,
        )}
      </p>
      <h2 tabIndex={-1} ref={list} hidden={isEmpty}>
        {l10n.t('Show as list')}
      </h2>
      <NodeList
        graph={graph}
        choose={id => {
          choose(id, true);
        }}
      />
    </>
  );
}

interface ToolbarProps {
  readonly name: string;
  readonly canvas: () => Canvas | undefined;
  readonly goToList: () => void;
  readonly saveAs: (format: 'svg' | 'png') => void;
}

function Toolbar({ name, canvas, goToList, saveAs }: ToolbarProps): VNode {
  return (
    <div class="bar" role="toolbar" aria-label={l10n.t('Diagram')}>
      <h1>{l10n.t('Diagram of {0}', name)}</h1>
      <ToolButton text="+" label={l10n.t('Zoom in')} act={() => canvas()?.zoomBy(ZOOM_STEP)} />
      <ToolButton text="−" label={l10n.t('Zoom out')} act={() => canvas()?.zoomBy(1 / ZOOM_STEP)} />
      <ToolButton
        text={l10n.t('Fit')}
        label={l10n.t('Fit the diagram to the view')}
        act={() => canvas()?.fit()}
      />
      <ToolButton text={l10n.t('List')} label={l10n.t('Go to the list')} act={goToList} />
      {(['svg', 'png'] as const).map(format => (
        <ToolButton
          key={format}
          text={format.toUpperCase()}
          label={l10n.t('Save as {0}', format.toUpperCase())}
          act={() => {
            saveAs(format);
          }}
        />
      ))}
    </div>
  );
}

interface ToolButtonProps {
  readonly text: string;
  readonly label: string;
  readonly act: () => void;
}

function ToolButton({ text, label, act }: ToolButtonProps): VNode {
  return (
    <button type="button" class="plain" title={label} aria-label={label} onClick={act}>
      {text}
    </button>
  );
}

interface DrawingState {
  readonly placed: PlacedGraph;
  readonly canvas: () => Canvas | undefined;
  readonly element: { current: SVGSVGElement | null };
  readonly layer: { current: SVGGElement | null };
}

/** Finds places for the nodes in the room that there is, and lets the user move and zoom the drawing. */
function useDrawing(
  graph: Graph,
  state: { readonly current: DiagramPageState },
  change: (state: DiagramPageState) => void,
): DrawingState {
  const element = useRef<SVGSVGElement>(null);
  const layer = useRef<SVGGElement>(null);
  const canvas = useRef<Canvas>(undefined);
  const measure = useRef<ReturnType<typeof createMeasure>>(undefined);
  const [placed, setPlaced] = useState(NOTHING);
  /** What listeners that outlive a drawing need to know of the last one. */
  const last = useRef({ graph, placed });
  last.current = { graph, placed };
  const layOutHere = (): PlacedGraph => {
    const { clientWidth: width = 0, clientHeight: height = 0 } = element.current ?? {};
    measure.current ??= createMeasure();
    return layOutToFit({ width, height }, limitNodes(last.current.graph), measure.current);
  };
  useLayoutEffect(() => {
    if (!element.current || !layer.current) return;
    canvas.current = createCanvas(element.current, layer.current, state.current.view, {
      keep(view) {
        const { view: _before, ...rest } = state.current;
        change(view ? { ...rest, view } : rest);
      },
      arrange() {
        if (!element.current || element.current.clientWidth === 0) return;
        const next = layOutHere();
        if (next.flow !== last.current.placed.flow) setPlaced(next);
      },
    });
  }, []);
  useLayoutEffect(() => {
    measure.current ??= createMeasure();
    // What the user has chosen to see stays where it is.
    const isChosen = state.current.view !== undefined && last.current.placed.nodes.length > 0;
    setPlaced(isChosen ? layOut(limitNodes(graph), measure.current, last.current.placed.flow) : layOutHere());
    if (state.current.view === undefined) change(state.current);
  }, [graph]);
  useLayoutEffect(() => {
    canvas.current?.sized(placed);
  }, [placed]);
  return { placed, canvas: () => canvas.current, element, layer };
}

function nodeAt(
  target: EventTarget | null,
): { readonly id: string; readonly element: SVGElement } | undefined {
  const element = target instanceof Element ? target.closest<SVGElement>('.node') : null;
  const id = element?.dataset['node'];
  return element && id !== undefined ? { id, element } : undefined;
}

function nodeElement(canvas: Element | null, id: string): SVGElement | undefined {
  return [...(canvas?.querySelectorAll<SVGElement>('.node') ?? [])].find(each => each.dataset['node'] === id);
}
