import * as vscode from 'vscode';
import { errorMessage } from '../common/errors';
import { el, htmlPage } from '../ui/markup';
import type { SaveRequest } from '../ui/page-protocol';
import { EXTENSION_ID, type PanelKind } from './contributions';

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
export function pageHtml(webview: vscode.Webview, kind: PageName, title: string): string {
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

/** The display language and its texts, for a page. */
export function pageLanguage(): { readonly language: string; readonly texts?: string } {
  const { bundle } = vscode.l10n;
  return { language: vscode.env.language, ...(bundle ? { texts: JSON.stringify(bundle) } : {}) };
}

/** Where the last chart was saved: the next one is likely to go there too. */
let last: vscode.Uri | undefined;

/** Saves what a page has made where the user says. */
export async function saveFile({ name, content }: SaveRequest): Promise<void> {
  const home = last ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  const extension = name.slice(name.lastIndexOf('.') + 1);
  const to = await vscode.window.showSaveDialog({
    ...(home ? { defaultUri: vscode.Uri.joinPath(home, name) } : {}),
    filters: { [extension.toUpperCase()]: [extension] },
  });
  if (!to) return;
  last = vscode.Uri.joinPath(to, '..');
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  try {
    await vscode.workspace.fs.writeFile(to, bytes);
  } catch (error) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t('{0} cannot be written: {1}', to.fsPath, errorMessage(error)),
    );
  }
}
