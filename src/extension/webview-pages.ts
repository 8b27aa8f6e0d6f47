import * as vscode from 'vscode';
import { errorMessage } from '../common/errors';
import { type ChannelSchema, type HostEnd, type RequestHandlers, createHostEnd } from '../ui/page-channel';
import { el, htmlPage } from '../ui/markup';
import type { PageStart, SavedFile, commonRequests } from '../ui/page-messages';
import { EXTENSION_ID, type PanelKind } from './contributions';
import { type Disposable, disposables } from './disposables';

/** Where the pages' scripts and style sheets are: on this machine, or where a browser has the extension from. */
const extensionFolder = vscode.extensions.getExtension(EXTENSION_ID)?.extensionUri ?? vscode.Uri.file('/');
const folder = vscode.Uri.joinPath(extensionFolder, 'dist', 'webview');

/** What a panel of this extension may do: run its own script, and read its own files. */
export const PANEL_OPTIONS: vscode.WebviewOptions = {
  enableScripts: true,
  localResourceRoots: [folder],
};

/** The pages there are, by the names of their scripts. */
type PageName = PanelKind | 'diagram';

/** The page that a panel's script fills. Nothing but that script runs in it, and nothing is loaded from elsewhere. */
function pageHtml(webview: vscode.Webview, kind: PageName, title: string): string {
  const nonce = globalThis.crypto.randomUUID();
  const uri = (file: string): string => webview.asWebviewUri(vscode.Uri.joinPath(folder, file)).toString();
  return htmlPage(
    {
      ...{ language: vscode.env.language, title },
      allowed: { script: `'nonce-${nonce}'`, style: webview.cspSource },
      style: el('link', { rel: 'stylesheet', href: uri(`${kind}.css`) }),
    },
    el('main', { id: 'page' }),
    el('script', { nonce, src: uri(`${kind}.js`) }),
  );
}

/** Texts of the display language, for a page. */
function pageStart(subject: string): PageStart {
  const { bundle } = vscode.l10n;
  return {
    ...{ language: vscode.env.language, subject },
    ...(bundle ? { texts: JSON.stringify(bundle) } : {}),
  };
}

/** What all pages ask, answered alike. */
type CommonHandlers = RequestHandlers<{
  readonly requests: typeof commonRequests;
  readonly notifications: ChannelSchema['notifications'];
}>;

export interface PageOptions<C extends ChannelSchema> {
  readonly name: PageName;
  readonly title: string;
  /** What the page shows, by which it is brought back. */
  readonly subject: string;
  readonly messages: C;
  readonly handlers: (common: CommonHandlers) => RequestHandlers<C>;
  /** Told of what does not fit the protocol or cannot be posted. */
  readonly onProblem: (problem: string) => void;
}

/** The page in a panel. */
export interface ServedPage<C extends ChannelSchema> extends Disposable {
  readonly notify: HostEnd<C>['notify'];
  /** Whether it is shown and has asked for what it shows, so that it is to be told what is new. */
  readonly isOpen: () => boolean;
}

/** Fills a panel with a page, and answers what the page asks. */
export function servePage<C extends ChannelSchema>(
  panel: vscode.WebviewPanel,
  { name, title, subject, messages, handlers, onProblem }: PageOptions<C>,
): ServedPage<C> {
  const held = disposables();
  const { webview } = panel;
  let hasAsked = false;
  const common: CommonHandlers = {
    start() {
      hasAsked = true;
      return pageStart(subject);
    },
    save: saveFile,
  };
  const end = createHostEnd(messages, handlers(common), {
    post(message) {
      Promise.resolve(webview.postMessage(message)).catch((error: unknown) => {
        onProblem(errorMessage(error));
      });
    },
    onProblem,
  });
  held.add(webview.onDidReceiveMessage(end.receive));
  held.add(
    panel.onDidChangeViewState(() => {
      // A hidden page is gone; when it is shown again it asks anew.
      if (!panel.visible) hasAsked = false;
    }),
  );
  held.add({ dispose: end.close });
  webview.html = pageHtml(webview, name, title);
  return {
    notify: end.notify,
    isOpen: () => hasAsked && panel.visible,
    dispose: held.dispose,
  };
}

/** Where the last chart was saved: the next one is likely to go there too. */
let last: vscode.Uri | undefined;

/** Saves what a page has made where the user says. */
async function saveFile({ name, content }: SavedFile): Promise<undefined> {
  const home = last ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  const extension = name.slice(name.lastIndexOf('.') + 1);
  const to = await vscode.window.showSaveDialog({
    ...(home ? { defaultUri: vscode.Uri.joinPath(home, name) } : {}),
    filters: { [extension.toUpperCase()]: [extension] },
  });
  if (!to) return undefined;
  last = vscode.Uri.joinPath(to, '..');
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  try {
    await vscode.workspace.fs.writeFile(to, bytes);
  } catch (error) {
    throw new Error(vscode.l10n.t('{0} cannot be written: {1}', to.fsPath, errorMessage(error)), {
      cause: error,
    });
  }
  return undefined;
}
