import * as l10n from '@vscode/l10n';
import {
  type ChannelSchema,
  type NotificationHandlers,
  type PageEnd,
  createPageEnd,
} from '../../page-channel';
import type { PageStart, SavedFile } from '../../page-messages';
import type { ChartFile } from './chart-export';

/** The half of VS Code that a page talks to. */
interface EditorApi {
  readonly postMessage: (message: unknown) => void;
  readonly setState: (state: unknown) => void;
  readonly getState: () => unknown;
}

declare function acquireVsCodeApi(): EditorApi;

export interface PageClient<C extends ChannelSchema, State> {
  readonly channel: PageEnd<C>;
  /** What the page kept when it was last shown. */
  readonly kept: State | undefined;
  /** Keeps how the page is looked at, for when it is shown again. */
  readonly keep: (state: State) => void;
}

/** Connects the page with its host; may be called once in the life of a page. */
export function connectPage<C extends ChannelSchema, State>(
  messages: C,
  handlers: NotificationHandlers<C>,
  readState: (value: unknown) => State | undefined,
): PageClient<C, State> {
  const api = acquireVsCodeApi();
  const channel = createPageEnd(messages, handlers, { post: api.postMessage, onProblem: console.error });
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    channel.receive(data);
  });
  return { channel, kept: readState(api.getState()), keep: api.setState };
}

/** Lets the page speak the language of the editor. */
export function speak({ language, texts }: PageStart): void {
  document.documentElement.lang = language;
  if (texts !== undefined) l10n.config({ contents: texts });
}

/** The element that the page fills. */
export function pageRoot(): HTMLElement {
  return document.getElementById('page') ?? document.body;
}

export function savedFile({ name, content }: ChartFile): SavedFile {
  return { name, content };
}
