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

/** A text that users see in English whatever their language, because no `l10n.t` is about it. */
export interface Bypass {
  readonly text: string;
  readonly where: string;
}

/** Names under which objects, elements and pages carry a text to be read, by eye or by a screen reader. */
const TEXT_NAMES =
  /^(?:alt|aria-?label|aria-?description|detail|description|documentation|heading|label|legend|placeholder|prompt|summary|title|tooltip)$/i;

/** Functions that show their arguments: notifications, the status bar, the terminal. */
const SHOWING_CALLS =
  /(?:^|\.)(?:show(?:Information|Warning|Error)Message|setStatusBarMessage|std(?:out|err)\.write)$/;
/** Builds an element of a page; its children follow the tag and the attributes. */
const ELEMENT_CALL = 'el';

/** Every text under `folder` that is shown without having gone through `l10n.t`. */
export function textsWithoutL10n(folder: string): readonly Bypass[] {
  const found: Bypass[] = [];
  for (const file of sourceFiles(folder)) {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    const report = (node: ts.Node, text: string): void => {
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      if (isLanguage(text)) found.push({ text: text.trim(), where: `${path.relative(root, file)}:${line}` });
    };
    const walk = (node: ts.Node): void => {
      for (const shown of shownBy(node)) readLiterals(shown, report);
      ts.forEachChild(node, walk);
    };
    walk(source);
  }
  return found;
}

/** Whether a text has a word in it: marks, codicons such as `$(check)` and units of one letter have none. */
function isLanguage(text: string): boolean {
  return /\p{L}{2}/u.test(text.replaceAll(/\$\([\w~-]+\)/g, ''));
}

/** The expressions that a piece of syntax shows to users. */
function shownBy(node: ts.Node): readonly ts.Node[] {
  if (ts.isJsxText(node)) return [node];
  if (ts.isJsxAttribute(node))
    return node.initializer && TEXT_NAMES.test(node.name.getText()) ? [node.initializer] : [];
  // The value of an attribute is judged by its name above.
  if (ts.isJsxExpression(node))
    return node.expression && !ts.isJsxAttribute(node.parent) ? [node.expression] : [];
  if (ts.isPropertyAssignment(node))
    return TEXT_NAMES.test(node.name.getText().replaceAll(/['"]/g, '')) ? [node.initializer] : [];
  if (ts.isVariableDeclaration(node))
    return node.initializer && TEXT_NAMES.test(node.name.getText()) ? [node.initializer] : [];
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken)
    return ts.isPropertyAccessExpression(node.left) && TEXT_NAMES.test(node.left.name.text)
      ? [node.right]
      : [];
  if (ts.isNewExpression(node) && /Error$/.test(node.expression.getText())) return node.arguments ?? [];
  if (!ts.isCallExpression(node)) return [];
  const called = node.expression.getText();
  if (SHOWING_CALLS.test(called)) return node.arguments;
  return called === ELEMENT_CALL ? node.arguments.slice(2) : [];
}

/** The literals that an expression may come to; calls and conditions have their own rules. */
function readLiterals(node: ts.Node, report: (node: ts.Node, text: string) => void): void {
  const read = (each: ts.Node): void => {
    readLiterals(each, report);
  };
  if (ts.isStringLiteralLike(node) || ts.isJsxText(node)) report(node, node.text);
  else if (ts.isTemplateExpression(node)) {
    report(
      node,
      [node.head, ...node.templateSpans.map(({ literal }) => literal)].map(({ text }) => text).join(' '),
    );
    for (const { expression } of node.templateSpans) read(expression);
  } else if (ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach(read);
  else if (ts.isBinaryExpression(node)) {
    if (!COMPARISONS.has(node.operatorToken.kind)) [node.left, node.right].forEach(read);
  } else if (ts.isArrayLiteralExpression(node)) node.elements.forEach(read);
  else if (ts.isParenthesizedExpression(node) || ts.isSpreadElement(node)) read(node.expression);
  else if (ts.isJsxExpression(node) && node.expression) read(node.expression);
  else if (ts.isCallExpression(node) && /\.(?:join|filter|trim|trimEnd)$/.test(node.expression.getText()))
    ts.forEachChild(node.expression, read);
}

const COMPARISONS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);
