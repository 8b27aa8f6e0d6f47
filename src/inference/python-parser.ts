// Python as a syntax tree: the grammar of tree-sitter, compiled to WebAssembly and loaded when code is first read.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Language, type Node, Parser } from 'web-tree-sitter';

/** In characters: what is longer was not written by hand, and a tree takes many times its text. */
const MAX_SOURCE = 2_000_000;

let parser: Promise<Parser> | undefined;

/**
 * Reads a program and hands its root to `use`. The tree lives no longer than that. Errors in the program are nodes of the
 * tree; what stands around them is read.
 *
 * @returns `undefined` where the text is too long
 */
export async function withPythonTree<T>(source: string, use: (root: Node) => T): Promise<T | undefined> {
  if (source.length > MAX_SOURCE) return undefined;
  parser ??= createParser();
  const tree = (await parser).parse(source);
  if (!tree) return undefined;
  try {
    return use(tree.rootNode);
  } finally {
    tree.delete();
  }
}

async function createParser(): Promise<Parser> {
  await Parser.init();
  const created = new Parser();
  created.setLanguage(await Language.load(await grammar()));
  return created;
}

/** The grammar lies beside the built programs; elsewhere it is in its package. */
async function grammar(): Promise<Uint8Array> {
  const name = 'tree-sitter-python.wasm';
  try {
    return await readFile(new URL(name, import.meta.url));
  } catch {
    return readFile(createRequire(import.meta.url).resolve(`@vscode/tree-sitter-wasm/wasm/${name}`));
  }
}
