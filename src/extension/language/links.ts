import * as vscode from 'vscode';
import { linksIn, type DataLink } from '../../language/links';
import { toRange } from '../convert';
import type { Feature } from '../feature';
import { fileOf } from '../workspace/scope';

/** From a `path` to the file or folder, and from a source dataset to its page on the Hugging Face hub. */
export const links: Feature = {
  register({ problems, settings }) {
    const known = new WeakMap<
      vscode.DocumentLink,
      { readonly link: DataLink; readonly document: vscode.Uri }
    >();
    const provider: vscode.DocumentLinkProvider = {
      provideDocumentLinks(document) {
        const scope = problems.of(document);
        const text = problems.textOf(document);
        if (!scope || !text || !settings.get('links.enabled', scope.resource)) return [];
        return linksIn(text, scope.resolution().problem).map(link => {
          const shown = new vscode.DocumentLink(toRange(link.range));
          if (link.kind === 'web') shown.target = vscode.Uri.parse(link.url, true);
          else known.set(shown, { link, document: document.uri });
          return shown;
        });
      },
      async resolveDocumentLink(shown) {
        const found = known.get(shown);
        if (found?.link.kind === 'path') shown.target = await targetOf(found.link.path, found.document);
        return shown;
      },
    };
    return vscode.languages.registerDocumentLinkProvider('*', provider);
  },
};

/** A file is opened, a folder shown among the files; where nothing is, VS Code says so of the file. */
async function targetOf(path: string, document: vscode.Uri): Promise<vscode.Uri> {
  const uri = resolvePath(path, document);
  const found = await Promise.resolve(vscode.workspace.fs.stat(uri)).catch(() => undefined);
  if (!found || (found.type & vscode.FileType.Directory) === 0) return uri;
  const argument = encodeURIComponent(JSON.stringify([uri]));
  return vscode.Uri.parse(`command:revealInExplorer?${argument}`);
}

/** Where a path that an annotation names is. */
export function resolvePath(path: string, document: vscode.Uri): vscode.Uri {
  const file = fileOf(document);
  const folder = vscode.workspace.getWorkspaceFolder(file)?.uri;
  const inFolder = /^\$\{workspaceFolder\}[/\\]*(.*)$/.exec(path)?.[1];
  if (inFolder !== undefined && folder) return vscode.Uri.joinPath(folder, inFolder);
  if (/^(?:[/\\]|[A-Za-z]:[/\\])/.test(path))
    return file.with({ path: vscode.Uri.file(path).path, fragment: '' });
  return vscode.Uri.joinPath(file, '..', path);
}
