import * as l10n from '@vscode/l10n';
import type { Position, TextRange } from '../common/text-ranges';
import {
  type DecodedString,
  type JsonNode,
  decodeJsonString,
  parseTolerantJson,
} from '../common/tolerant-json';
import { annotationsOf, mapRanges, mayHoldAnnotations, parseText } from './annotated-text';
import type { Diagnostic } from './annotation-diagnostics';
import type { Annotation } from './annotation-model';
import { knownLanguages } from './languages/language-registry';

/** The annotations of a Jupyter notebook's cells, placed in the text of its file. */
export interface ParsedNotebook {
  readonly annotations: readonly Annotation[];
  readonly diagnostics: readonly Diagnostic[];
  /** Why not all of it could be read, in the display language. */
  readonly problem?: string;
}

/**
 * Reads the cells of an `.ipynb` (nbformat 4) and finds their annotations; lines and columns are those of
 * the file. Of a truncated or broken file the cells before the break are read. Never throws.
 */
export function parseNotebook(text: string): ParsedNotebook {
  const { root, brokenAt } = parseTolerantJson(text);
  const cells = member(root, 'cells');
  const position = positions(text);
  const broken =
    brokenAt === undefined ? undefined : l10n.t('invalid JSON at line {0}', position(brokenAt).line + 1);
  if (cells?.type !== 'array')
    return {
      annotations: [],
      diagnostics: [],
      problem: broken ?? l10n.t('no list of cells (nbformat 4)'),
    };
  const language = notebookLanguage(text, root);
  const annotations: Annotation[] = [];
  for (const cell of cells.items) {
    const source = cellSource(text, cell);
    if (!source || !mayHoldAnnotations(source.text)) continue;
    const parsed = parseText(withoutMagic(source.text), cellLanguage(text, cell, source.text, language));
    const place = inFile(source, position);
    for (const annotation of annotationsOf(parsed)) {
      const its = annotation.diagnostics.map(escapedFix);
      annotations.push(mapRanges({ ...annotation, diagnostics: its }, place));
    }
  }
  const diagnostics = annotations.flatMap(annotation => annotation.diagnostics);
  return { annotations, diagnostics, ...(broken === undefined ? {} : { problem: broken }) };
}

/** What a fix inserts stands inside a JSON text here. */
function escapedFix(diagnostic: Diagnostic): Diagnostic {
  const { fix } = diagnostic;
  if (!fix) return diagnostic;
  return { ...diagnostic, fix: { ...fix, newText: JSON.stringify(fix.newText).slice(1, -1) } };
}

function member(node: JsonNode | undefined, ...keys: readonly string[]): JsonNode | undefined {
  return keys.reduce<JsonNode | undefined>(
    (at, key) => (at?.type === 'object' ? at.members.get(key) : undefined),
    node,
  );
}

function textOf(text: string, node: JsonNode | undefined): string | undefined {
  return node?.type === 'string' ? decodeJsonString(text, node).text : undefined;
}

/** A cell's source: one string, or one for each line. */
function cellSource(text: string, cell: JsonNode): DecodedString | undefined {
  const source = member(cell, 'source');
  if (source?.type === 'string') return decodeJsonString(text, source);
  if (source?.type !== 'array') return undefined;
  const parts = source.items.flatMap(item => (item.type === 'string' ? [decodeJsonString(text, item)] : []));
  return {
    text: parts.map(part => part.text).join(''),
    starts: parts.flatMap(part => part.starts),
    ends: parts.flatMap(part => part.ends),
  };
}

function notebookLanguage(text: string, root: JsonNode | undefined): string {
  const named =
    textOf(text, member(root, 'metadata', 'language_info', 'name')) ??
    textOf(text, member(root, 'metadata', 'kernelspec', 'language'));
  return languageId(named ?? 'python');
}

/** The language of `%%bash` and its like, by the magic's name. */
const MAGICS: ReadonlyMap<string, string> = new Map([
  ['bash', 'shellscript'],
  ['sh', 'shellscript'],
  ['html', 'html'],
  ['HTML', 'html'],
  ['javascript', 'javascript'],
  ['js', 'javascript'],
  ['latex', 'latex'],
  ['markdown', 'markdown'],
  ['perl', 'perl'],
  ['R', 'r'],
  ['ruby', 'ruby'],
  ['sql', 'sql'],
]);
const MAGIC = /^\s*%%(\w+)[^\n]*/;

function cellLanguage(text: string, cell: JsonNode, source: string, notebook: string): string {
  const kind = textOf(text, member(cell, 'cell_type'));
  if (kind === 'markdown') return 'markdown';
  if (kind === 'raw') return 'plaintext';
  const own = textOf(text, member(cell, 'metadata', 'vscode', 'languageId'));
  if (own !== undefined) return languageId(own);
  const magic = MAGIC.exec(source)?.[1];
  return magic === undefined ? notebook : (MAGICS.get(magic) ?? notebook);
}

/** `%` begins no comment in any cell language but MATLAB's and TeX's: the magic is blanked, its length kept. */
function withoutMagic(source: string): string {
  return source.replace(MAGIC, magic => ' '.repeat(magic.length));
}

function languageId(name: string): string {
  const id = name.toLowerCase();
  if (id === 'ipython') return 'python';
  return knownLanguages().includes(name) ? name : id;
}

/** Maps a range in a cell's text to the file. */
function inFile(
  source: DecodedString,
  position: (offset: number) => Position,
): (range: TextRange) => TextRange {
  const lineStarts = startsOfLines(source.text);
  const offset = ({ line, column }: Position): number => (lineStarts[line] ?? 0) + column;
  return range => {
    const start = offset(range.start);
    const end = offset(range.end);
    const first = source.starts[start] ?? source.ends.at(-1) ?? 0;
    const last = end > start ? (source.ends[end - 1] ?? first) : first;
    return { start: position(first), end: position(last) };
  };
}

/** Turns offsets of a text into lines and columns. */
function positions(text: string): (offset: number) => Position {
  const starts = startsOfLines(text);
  return offset => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, column: offset - (starts[low] ?? 0) };
  };
}

function startsOfLines(text: string): number[] {
  return [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map(match => match.index + match[0].length)];
}
