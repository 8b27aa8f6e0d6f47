import * as vscode from 'vscode';
import type { Bundles, LoadBundle } from './bundle-loader';

/**
 * Loads bundles from where a browser has the extension from. There is no `require` for files in it: they are run as
 * VS Code itself runs the main one.
 */
export function loadFromExtension(extension: vscode.Uri): LoadBundle {
  return async <N extends keyof Bundles>(name: N) => {
    const file = vscode.Uri.joinPath(extension, 'dist', 'web', `${name}.js`);
    const source = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    const module = { exports: {} };
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- a file of this extension
    new Function('module', 'exports', 'require', source)(module, module.exports, requireInBundle);
    return module.exports as Bundles[N];
  };
}

function requireInBundle(name: string): typeof vscode {
  if (name === 'vscode') return vscode;
  throw new Error(`There is no module ${name} in a browser.`);
}
