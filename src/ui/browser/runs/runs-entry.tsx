// The script of the list of runs.
import './runs.css';
import * as l10n from '@vscode/l10n';
import { render } from 'preact';
import { errorMessage } from '../../../common/errors';
import {
  type RunList,
  type RunsPageState,
  readRunsPageState,
  runsPageMessages,
} from '../../runs/runs-page-messages';
import { Failure } from '../shared/failure';
import { connectPage, pageRoot, speak } from '../shared/page-client';
import type { RunActions } from './run-row';
import { RunsPage, type Said } from './runs-page';

const root = pageRoot();
let list: RunList | undefined;
let said: Said | undefined;

const { channel, kept, keep } = connectPage(
  runsPageMessages,
  {
    runs(next) {
      list = next;
      draw();
    },
    failed({ message }) {
      say({ text: message, canUndo: false });
    },
  },
  readRunsPageState,
);

let view: RunsPageState = kept ?? { version: 1, filter: '', state: '', chosen: [] };

function change(part: Partial<RunsPageState>): void {
  view = { ...view, ...part };
  keep(view);
  draw();
}

function say(what: Said | undefined): void {
  said = what;
  draw();
}

/** Does what the user asked for, and says why where it fails. */
function attempt(asked: Promise<unknown>): void {
  asked.catch((error: unknown) => {
    say({ text: errorMessage(error), canUndo: false });
  });
}

const actions: RunActions = {
  open(folder) {
    attempt(channel.request('openRun', { folder }));
  },
  rename(folder, name) {
    attempt(channel.request('rename', { folder, name }));
  },
  note(folder, notes) {
    attempt(channel.request('note', { folder, notes }));
  },
  remove(folder) {
    attempt(
      channel.request('delete', { folder }).then(({ name }) => {
        say({ text: l10n.t('{0} was deleted.', name), canUndo: true });
      }),
    );
  },
};

function undo(): void {
  say(undefined);
  attempt(channel.request('undo'));
}

function draw(): void {
  if (list) render(<RunsPage {...{ list, view, said, change, undo, actions }} />, root);
}

async function open(): Promise<void> {
  const [start, content] = await Promise.allSettled([channel.request('start'), channel.request('open')]);
  if (start.status === 'fulfilled') speak(start.value);
  if (content.status === 'rejected') {
    render(<Failure message={errorMessage(content.reason)} retry={openAgain} />, root);
    return;
  }
  list = content.value;
  draw();
}

function openAgain(): void {
  open().catch(console.error);
}

openAgain();
