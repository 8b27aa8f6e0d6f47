import * as vscode from 'vscode';
import type { FileSystem } from '../../data/paths/file-system';
import type { FileUri } from '../../data/paths/file-uri';

/** The files that this window shows, wherever they are. */
export const vscodeFileSystem: FileSystem = {
  async stat(uri) {
    try {
      const { type, size } = await vscode.workspace.fs.stat(toUri(uri));
      return { kind: kindOf(type), size };
    } catch {
      return undefined;
    }
  },
  readFile: uri => Promise.resolve(vscode.workspace.fs.readFile(toUri(uri))),
};

function kindOf(type: vscode.FileType): 'file' | 'folder' | 'other' {
  if ((type & vscode.FileType.Directory) !== 0) return 'folder';
  return (type & vscode.FileType.File) !== 0 ? 'file' : 'other';
}

export function toUri({ scheme, authority, path }: FileUri): vscode.Uri {
  return vscode.Uri.from({ scheme, authority, path });
}
