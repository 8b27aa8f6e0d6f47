// What the names of a Python program stand for: modules, what is imported from them, and texts that are assigned once.
import type { Node } from 'web-tree-sitter';

/** The names of one program. */
export interface PythonNames {
  /** A dotted name as its module has it: `nn.Linear` after `import torch.nn as nn` is `torch.nn.Linear`. */
  readonly qualified: (node: Node) => string | undefined;
  /** The text of a literal, or of a name that is assigned one text and nothing else. */
  readonly text: (node: Node | undefined) => string | undefined;
}

/** Gathers the imports and plain assignments of a program, wherever they stand. */
export function pythonNames(root: Node): PythonNames {
  const imported = new Map<string, string>();
  for (const statement of root.descendantsOfType(['import_statement', 'import_from_statement'])) {
    const from = statement.childForFieldName('module_name')?.text;
    for (const name of statement.childrenForFieldName('name')) {
      const path = name.childForFieldName('name')?.text ?? name.text;
      const alias = name.childForFieldName('alias')?.text;
      if (from !== undefined) imported.set(alias ?? path, `${from}.${path}`);
      else if (alias !== undefined) imported.set(alias, path);
      else imported.set(firstPart(path), firstPart(path));
    }
  }
  const texts = assignedTexts(root);
  return {
    qualified: node => qualifiedName(node, imported),
    text: node => {
      if (!node) return undefined;
      return node.type === 'identifier' ? texts.get(node.text) : literalText(node);
    },
  };
}

const firstPart = (path: string): string => path.split('.', 1)[0] ?? path;

function qualifiedName(node: Node, imported: ReadonlyMap<string, string>): string | undefined {
  if (node.type === 'identifier') return imported.get(node.text);
  if (node.type !== 'attribute') return undefined;
  const object = node.childForFieldName('object');
  const attribute = node.childForFieldName('attribute');
  const base = object && qualifiedName(object, imported);
  return base === undefined || !attribute ? undefined : `${base}.${attribute.text}`;
}

/** Names that one text is assigned to. A name that is assigned anything else, or twice, stands for no text. */
function assignedTexts(root: Node): ReadonlyMap<string, string> {
  const texts = new Map<string, string | undefined>();
  for (const assignment of root.descendantsOfType(['assignment', 'augmented_assignment'])) {
    const left = assignment.childForFieldName('left');
    const right = assignment.childForFieldName('right');
    if (left?.type !== 'identifier') continue;
    const text = assignment.type === 'assignment' && right ? literalText(right) : undefined;
    texts.set(left.text, texts.has(left.text) ? undefined : text);
  }
  return new Map([...texts].flatMap(([name, text]) => (text === undefined ? [] : [[name, text] as const])));
}

/** The text of a literal without escapes and without parts that are computed. */
function literalText(node: Node): string | undefined {
  if (node.type === 'concatenated_string') {
    const parts = node.namedChildren.map(literalText);
    return parts.every(part => part !== undefined) ? parts.join('') : undefined;
  }
  if (node.type !== 'string') return undefined;
  const parts = node.namedChildren.filter(({ type }) => type !== 'string_start' && type !== 'string_end');
  const isPlain = parts.every(
    ({ type, namedChildCount }) => type === 'string_content' && namedChildCount === 0,
  );
  return isPlain ? parts.map(part => part.text).join('') : undefined;
}
