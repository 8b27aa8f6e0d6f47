// The script of a run's page in the editor.
import './run.css';
import { render } from 'preact';
import { errorMessage } from '../../../common/errors';
import {
  type RunContent,
  type RunView,
  readRunPageState,
  runPageMessages,
} from '../../runs/run-page-messages';
import { perFrame } from '../shared/animation-frame';
import { type ChartFile, exportFigures } from '../shared/chart-export';
import { Failure } from '../shared/failure';
import { connectPage, pageRoot, savedFile, speak } from '../shared/page-client';
import type { Zoom } from './curve-figure';
import { RunPage, runHeading } from './run-page';
import { DEFAULT_VIEW, RunSession } from './run-session';

const root = pageRoot();
let session: RunSession | undefined;
let view = DEFAULT_VIEW;
let zoom: Zoom | undefined;
let failure: string | undefined;
let keepView = (): void => undefined;

const { channel, kept, keep } = connectPage(
  runPageMessages,
  {
    delta(delta) {
      session?.take(delta);
      drawSoon();
    },
    facts(facts) {
      if (session) session.facts = facts;
      drawSoon();
    },
    gone({ message }) {
      if (session) session.status = { ...session.status, message };
      drawSoon();
    },
  },
  readRunPageState,
);

function change(part: Partial<RunView>): void {
  view = { ...view, ...part };
  if (part.axis) zoom = undefined;
  keepView();
  drawSoon();
}

function onZoom(range: Zoom | undefined): void {
  zoom = range;
  drawSoon();
}

function save(file: Promise<ChartFile | undefined>): void {
  const saved = file.then(made => (made ? channel.request('save', savedFile(made)) : undefined));
  saved
    .then(() => undefined, errorMessage)
    .then(message => {
      failure = message;
      drawSoon();
    }, console.error);
}

function draw(): void {
  if (session) render(<RunPage {...{ session, view, zoom, change, onZoom, save, failure }} />, root);
}

const drawSoon = perFrame(draw);

async function open(): Promise<void> {
  // Both are asked at once; what the run is like is of no use before its language is known.
  const [start, content] = await Promise.allSettled([channel.request('start'), channel.request('open')]);
  if (start.status === 'fulfilled') {
    speak(start.value);
    const run = start.value.subject;
    if (kept?.run === run && kept.view) ({ view } = kept);
    keepView = () => {
      keep({ version: 1, run, view });
    };
    keepView();
  }
  if (content.status === 'fulfilled') show(content.value);
  else render(<Failure message={errorMessage(content.reason)} retry={openAgain} />, root);
}

function openAgain(): void {
  open().catch(console.error);
}

function show(content: RunContent): void {
  session = new RunSession(content);
  draw();
  window.scrollTo(0, view.scroll);
}

let scrolled: ReturnType<typeof setTimeout> | undefined;
window.addEventListener('scroll', () => {
  clearTimeout(scrolled);
  scrolled = setTimeout(() => {
    view = { ...view, scroll: window.scrollY };
    keepView();
  }, 200);
});

// The charts of a report are drawings that stand still, in reports as files too.
exportFigures(() => (session ? runHeading(session.facts) : ''), save);

openAgain();
