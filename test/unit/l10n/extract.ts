import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export const root = path.resolve(__dirname, '../../..');

/** A message in the code and where it stands. */
export interface Message {
  readonly key: string;
  readonly where: string;
}

export interface Extraction {
  readonly messages: readonly Message[];
  /** Where `l10n.t` is called with something that cannot be looked up, because it is no literal. */
  readonly unreadable: readonly string[];
}

/** Every message that the sources under `folder` pass to `l10n.t` or `vscode.l10n.t`. */
export function extractMessages(folder: string): Extraction {
  const messages: Message[] = [];
  const unreadable: string[] = [];
  for (const file of sourceFiles(folder)) {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    visit(source, call => {
      const where = `${path.relative(root, file)}:${source.getLineAndCharacterOfPosition(call.getStart()).line + 1}`;
      const key = keyOf(call);
      if (key === undefined) unreadable.push(where);
      else messages.push({ key, where });
    });
  }
  return { messages, unreadable };
}

/** The key that the bundle has for a call: a message with comments is looked up by both. */
function keyOf({ arguments: [first] }: ts.CallExpression): string | undefined {
  if (!first) return undefined;
  if (ts.isStringLiteralLike(first)) return first.text;
  if (!ts.isObjectLiteralExpression(first)) return undefined;
  const message = property(first, 'message');
  const comment = property(first, 'comment');
  if (!message || !ts.isStringLiteralLike(message)) return undefined;
  if (!comment) return message.text;
  const comments = ts.isArrayLiteralExpression(comment) ? [...comment.elements] : [comment];
  return comments.every(ts.isStringLiteralLike)
    ? `${message.text}/${comments.map(({ text }) => text).join('')}`
    : undefined;
}

function property(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  return object.properties.filter(ts.isPropertyAssignment).find(each => each.name.getText() === name)
    ?.initializer;
}

function visit(node: ts.Node, onTranslation: (call: ts.CallExpression) => void): void {
  if (ts.isCallExpression(node) && /(?:^|\.)l10n\.t$/.test(node.expression.getText())) onTranslation(node);
  ts.forEachChild(node, child => {
    visit(child, onTranslation);
  });
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map(entry => path.join(entry.parentPath, entry.name));
}

/** The placeholders of a message, sorted: a translation must use the same ones. */
export function placeholders(message: string): readonly string[] {
  return [...new Set(message.match(/\{\w+\}/g) ?? [])].sort();
}

/** A file of texts by their keys; `file` is relative to the root of the repository. */
export function readJson(file: string): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Record<string, string>;
}
