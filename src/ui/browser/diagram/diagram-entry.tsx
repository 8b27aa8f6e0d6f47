// The script of the diagram.
import './diagram.css';
import { render } from 'preact';
import { errorMessage } from '../../../common/errors';
import {
  type DiagramContent,
  type DiagramPageState,
  diagramPageMessages,
  readDiagramPageState,
} from '../../diagram/diagram-page-messages';
import type { ChartFile } from '../shared/chart-export';
import { Failure } from '../shared/failure';
import { connectPage, pageRoot, savedFile, speak } from '../shared/page-client';
import { DiagramPage } from './diagram-page';

const root = pageRoot();
let content: DiagramContent | undefined;
let first: DiagramPageState | undefined;
let failure: string | undefined;

const { channel, kept, keep } = connectPage(
  diagramPageMessages,
  {
    graph(next) {
      show(next);
    },
  },
  readDiagramPageState,
);

function draw(): void {
  if (content && first) render(<DiagramPage {...{ content, first, keep, reveal, save, failure }} />, root);
}

/** A graph that is as it was keeps its drawing. */
function show(next: DiagramContent): void {
  const { graph = next.graph } = content ?? {};
  const isSame = JSON.stringify(next.graph) === JSON.stringify(graph);
  content = isSame ? { ...next, graph } : next;
  draw();
}

/** Does what the user asked for, and says why where it fails. */
function attempt(asked: Promise<unknown>): void {
  asked
    .then(() => undefined, errorMessage)
    .then(message => {
      if (message === failure) return;
      failure = message;
      draw();
    }, console.error);
}

function reveal(node: string, focus: boolean): void {
  attempt(channel.request('reveal', { node, focus }));
}

function save(file: Promise<ChartFile | undefined>): void {
  attempt(file.then(made => (made ? channel.request('save', savedFile(made)) : undefined)));
}

async function open(): Promise<void> {
  const [start, graph] = await Promise.allSettled([channel.request('start'), channel.request('open')]);
  if (start.status === 'fulfilled') {
    speak(start.value);
    const scope = start.value.subject;
    first = kept?.scope === scope ? kept : { version: 1, scope };
  }
  if (graph.status === 'fulfilled') show(graph.value);
  else render(<Failure message={errorMessage(graph.reason)} retry={openAgain} />, root);
}

function openAgain(): void {
  open().catch(console.error);
}

openAgain();
