import * as l10n from '@vscode/l10n';
import type { Graph } from '../../diagram/diagram-graph';
import { MAX_NODES, type PlacedGraph, layOut, layOutToFit, limitNodes } from '../../diagram/diagram-layout';
import { legendOf, listOf, pictureOf } from '../../diagram/diagram-markup';
import type { DiagramPageState, FromDiagramPage, ToDiagramPage } from '../../page-protocol';
import { chartFile, isFormat } from '../shared/chart-export';
import { make, showText, toDom } from '../shared/dom';
import { createCanvas, createMeasure, followKeys } from './diagram-canvas';

export interface DiagramPage {
  readonly show: (message: ToDiagramPage) => void;
}

export interface PageActions {
  readonly keep: (state: DiagramPageState) => void;
  readonly send: (message: FromDiagramPage) => void;
}

const ZOOM_STEP = 1.25;
/** A mouse that moved further between press and release has dragged. */
const CLICK = 4;

/** Fills a page that is empty with a toolbar, the drawing, and the same as a list. */
export function createPage(
  root: HTMLElement,
  first: DiagramPageState,
  { keep, send }: PageActions,
): DiagramPage {
  let state = first;
  let graph: Graph = { nodes: [], edges: [] };
  let placed: PlacedGraph = layOut(graph, () => 0);
  let name = '';
  const change = (next: DiagramPageState): void => {
    state = next;
    keep(state);
  };
  const button = (text: string, label: string, act: () => void): HTMLButtonElement => {
    const made = make('button', { type: 'button', className: 'plain', title: label }, text);
    made.setAttribute('aria-label', label);
    made.addEventListener('click', act);
    return made;
  };
  const heading = make('h1');
  const legend = make('div');
  const figure = make('figure');
  const note = make('p', { className: 'facts', hidden: true });
  const empty = make('p', { className: 'empty', hidden: true });
  empty.setAttribute('role', 'status');
  const list = make('div');
  const listHeading = make('h2', { tabIndex: -1 }, l10n.t('As a list'));
  const exported = (format: string): HTMLButtonElement =>
    button(format.toUpperCase(), l10n.t('Save as {0}', format.toUpperCase()), () => void save(format));
  const bar = make(
    'div',
    { className: 'bar' },
    heading,
    button('+', l10n.t('Zoom in'), () => {
      canvas.zoomBy(ZOOM_STEP);
    }),
    button('−', l10n.t('Zoom out'), () => {
      canvas.zoomBy(1 / ZOOM_STEP);
    }),
    button(l10n.t('Fit'), l10n.t('Show all of it'), () => {
      canvas.fit();
    }),
    button(l10n.t('List'), l10n.t('Go to the list'), () => {
      listHeading.scrollIntoView();
      listHeading.focus();
    }),
    exported('svg'),
    exported('png'),
  );
  bar.setAttribute('role', 'toolbar');
  bar.setAttribute('aria-label', l10n.t('Diagram'));
  root.replaceChildren(bar, legend, empty, figure, note, listHeading, list);
  const canvas = createCanvas(figure, state.view, {
    keep(view) {
      const { view: _before, ...rest } = state;
      change(view ? { ...rest, view } : rest);
    },
    arrange() {
      if (canvas.element.clientWidth === 0) return;
      const next = layOutHere();
      if (next.flow === placed.flow) return;
      placed = next;
      redraw();
    },
  });
  canvas.element.setAttribute('role', 'group');

  const nodeElement = (id: string): SVGElement | undefined =>
    [...canvas.element.querySelectorAll<SVGElement>('.node')].find(each => each.dataset['node'] === id);
  const mark = (): void => {
    const { chosen } = state;
    canvas.element.classList.toggle('has-choice', chosen !== undefined && nodeElement(chosen) !== undefined);
    const nodes = [...canvas.element.querySelectorAll<SVGElement>('.node')];
    const reached = nodes.some(each => each.dataset['node'] === chosen) ? chosen : nodes[0]?.dataset['node'];
    for (const each of nodes) {
      each.setAttribute('aria-pressed', String(each.dataset['node'] === chosen));
      // One of them is reached by Tab, the others from there by arrows.
      each.setAttribute('tabindex', each.dataset['node'] === reached ? '0' : '-1');
    }
    for (const edge of canvas.element.querySelectorAll<SVGElement>('.edge'))
      edge.classList.toggle('near', [edge.dataset['from'], edge.dataset['to']].includes(chosen));
  };
  const measure = createMeasure();
  const layOutHere = (): PlacedGraph => {
    const { clientWidth: width, clientHeight: height } = canvas.element;
    return layOutToFit({ width, height }, limitNodes(graph), measure);
  };
  const redraw = (): void => {
    const focused =
      document.activeElement instanceof SVGElement ? document.activeElement.dataset['node'] : undefined;
    canvas.draw(placed);
    mark();
    if (focused !== undefined) nodeElement(focused)?.focus();
  };
  const choose = (id: string, focus: boolean): void => {
    change({ ...state, chosen: id });
    mark();
    send({ kind: 'reveal', node: id, focus });
  };
  const save = async (format: string): Promise<void> => {
    if (!isFormat(format)) return;
    // What is saved is all of it, however far it is zoomed.
    const aside = make('div', { className: 'aside' });
    const picture = toDom(pictureOf(placed, name)) as SVGSVGElement;
    aside.append(picture);
    document.body.append(aside);
    try {
      const file = await chartFile(
        { name: `${name}-diagram`, drawing: () => picture, values: () => '' },
        format,
      );
      if (file) send({ kind: 'save', name: file.name, content: file.content });
    } finally {
      aside.remove();
    }
  };

  let pressed = { x: 0, y: 0 };
  canvas.element.addEventListener(
    'pointerdown',
    ({ clientX: x, clientY: y }) => {
      pressed = { x, y };
    },
    { capture: true },
  );
  canvas.element.addEventListener('click', ({ target, clientX, clientY }) => {
    if (Math.hypot(clientX - pressed.x, clientY - pressed.y) > CLICK) return;
    const node = target instanceof Element ? target.closest<SVGElement>('.node') : null;
    const id = node?.dataset['node'];
    if (id === undefined) return;
    choose(id, false);
    node?.focus();
  });
  list.addEventListener('click', ({ target }) => {
    const id =
      target instanceof Element ? target.closest<HTMLElement>('[data-node]')?.dataset['node'] : undefined;
    if (id !== undefined) choose(id, true);
  });
  followKeys(canvas, {
    placed: () => placed,
    choose,
    moved(id) {
      const node = nodeElement(id);
      if (!node) return;
      for (const each of canvas.element.querySelectorAll('.node')) each.setAttribute('tabindex', '-1');
      node.setAttribute('tabindex', '0');
      node.focus();
      canvas.show(node);
    },
  });
  return {
    show(message) {
      ({ name } = message);
      heading.textContent = l10n.t('Diagram of {0}', name);
      canvas.element.setAttribute(
        'aria-label',
        l10n.t('Diagram of {0}; the same is below it as a list.', name),
      );
      const isSame = JSON.stringify(message.graph) === JSON.stringify(graph);
      const isEmpty = message.graph.nodes.length === 0;
      showText(empty, message.message ?? (isEmpty ? l10n.t('Nothing is annotated yet.') : ''));
      for (const each of [legend, figure, listHeading, list]) each.hidden = isEmpty;
      if (isSame) return;
      ({ graph } = message);
      // What the user has chosen to see stays where it is.
      const isChosen = state.view !== undefined && placed.nodes.length > 0;
      placed = isChosen ? layOut(limitNodes(graph), measure, placed.flow) : layOutHere();
      redraw();
      legend.replaceChildren(toDom(legendOf(graph)));
      list.replaceChildren(...listOf(graph).map(part => toDom(part)));
      const left = graph.nodes.length - placed.nodes.length;
      showText(
        note,
        left > 0
          ? l10n.t('Of {0} nodes the first {1} are drawn; the list has all.', graph.nodes.length, MAX_NODES)
          : '',
      );
      if (state.view === undefined) keep(state);
    },
  };
}
