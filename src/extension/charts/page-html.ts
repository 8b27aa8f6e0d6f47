import * as vscode from 'vscode';
import { htmlPage } from '../../webview/report/html-page';
import { el } from '../../webview/report/markup';
import { EXTENSION_ID } from '../contributions';
import type { PanelKind } from '../pilots/commands';

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
export function languageOf(): { readonly language: string; readonly texts?: string } {
  const { bundle } = vscode.l10n;
  return { language: vscode.env.language, ...(bundle ? { texts: JSON.stringify(bundle) } : {}) };
}
