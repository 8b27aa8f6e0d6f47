import { posix } from 'node:path';
import { blockTooLarge } from '../../messages/data-access-messages';
import { excelTooLarge } from '../../messages/format-messages';
import { entryOf } from '../../common/named-entries';
import { openMember } from '../bytes/zip-archive';
import { dataError } from '../issues';

// The parts of a workbook, which is a zip archive of XML documents (ECMA-376). Libraries that read whole workbooks make a
// matrix up to the last cell, which a made-up file may put anywhere; here only cells that are there are kept.

/** In bytes, of one part unpacked. */
const MAX_PART = 128 * 1024 * 1024;
const PIECE = 1024 * 1024;

/** The text of a part; `undefined` where the workbook has none of that name. @throws DataError `too-large`, `corrupt` */
export async function readPart(
  path: string,
  name: string,
  members: readonly string[],
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const member = members.find(each => each.toLowerCase() === name.toLowerCase());
  if (member === undefined) return undefined;
  const source = await openMember(path, member, signal);
  try {
    const pieces: Uint8Array[] = [];
    for (let total = 0; ;) {
      const piece = new Uint8Array(PIECE);
      const length = await source.read(piece);
      pieces.push(piece.subarray(0, length));
      total += length;
      if (total > MAX_PART) {
        const message = /sheet/i.test(name)
          ? excelTooLarge({ file: path, limit: MAX_PART })
          : blockTooLarge({ file: path, limit: MAX_PART });
        throw dataError('too-large', message, path);
      }
      if (length < PIECE) return Buffer.concat(pieces).toString('utf8');
    }
  } finally {
    await source.close();
  }
}

/** What a document is walked with. Names are without their prefixes. */
export interface XmlVisitor {
  readonly open?: (name: string, attribute: (name: string) => string | undefined) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
}

/** Walks through a document, which may be empty. @throws Error where it is not well-formed */
export async function walkXml(document: string, { open, close, text }: XmlVisitor): Promise<void> {
  // A workbook without texts, or without styles, has no part for them.
  if (document === '') return;
  const { Parser } = await import('saxen');
  const parser = new Parser();
  const local = (name: string): string => name.slice(name.indexOf(':') + 1);
  parser.on('openTag', (name, attributes, decode) => {
    let found: Record<string, string> | undefined;
    open?.(local(name), each => {
      found ??= attributes();
      const value = entryOf(found, each);
      return value === undefined ? undefined : decode(value);
    });
  });
  parser.on('closeTag', name => close?.(local(name)));
  parser.on('text', (value, decode) => text?.(decode(value)));
  parser.on('cdata', value => text?.(value));
  parser.on('error', error => {
    throw error;
  });
  parser.parse(document);
}

/** A sheet by its name, and the part that holds it. */
export interface Sheet {
  readonly name: string;
  readonly part: string;
}

export interface Workbook {
  readonly sheets: readonly Sheet[];
  /** Whether days are counted from 1904. */
  readonly from1904: boolean;
}

/** The visible sheets of a workbook, in order. */
export async function readWorkbook(workbook: string, relations: string): Promise<Workbook> {
  const parts = new Map<string, string>();
  await walkXml(relations, {
    open(name, attribute) {
      if (name !== 'Relationship') return;
      const target = attribute('Target') ?? '';
      const part = target.startsWith('/') ? target.slice(1) : posix.normalize(`xl/${target}`);
      parts.set(attribute('Id') ?? '', part);
    },
  });
  const sheets: Sheet[] = [];
  let from1904 = false;
  await walkXml(workbook, {
    open(name, attribute) {
      if (name === 'workbookPr') from1904 = /^(?:1|true)$/.test(attribute('date1904') ?? '');
      if (name !== 'sheet' || (attribute('state') ?? 'visible') !== 'visible') return;
      const part = parts.get(attribute('r:id') ?? attribute('id') ?? '');
      if (part !== undefined) sheets.push({ name: attribute('name') ?? '', part });
    },
  });
  return { sheets, from1904 };
}

/** The texts that cells refer to by number; those of phonetic guides are left out. */
export async function readSharedTexts(document: string): Promise<string[]> {
  const texts: string[] = [];
  let current = '';
  let [inText, inGuide] = [false, false];
  await walkXml(document, {
    open(name) {
      if (name === 'si') current = '';
      else if (name === 't') inText = true;
      else if (name === 'rPh') inGuide = true;
    },
    close(name) {
      if (name === 'si') texts.push(unescaped(current));
      else if (name === 't') inText = false;
      else if (name === 'rPh') inGuide = false;
    },
    text(text) {
      if (inText && !inGuide) current += text;
    },
  });
  return texts;
}

/** `_x000D_` and its kin: characters that XML cannot hold. */
export function unescaped(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([\da-f]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
}

/** The numbers of formats that are dates and times in every workbook. */
const DATE_FORMATS: ReadonlySet<number> = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47]);

/** For each style of cells, whether it shows a date. */
export async function readDateStyles(document: string): Promise<boolean[]> {
  const dates = new Set(DATE_FORMATS);
  const styles: boolean[] = [];
  let inStyles = false;
  await walkXml(document, {
    open(name, attribute) {
      if (name === 'cellXfs') inStyles = true;
      else if (name === 'numFmt' && isDateFormat(attribute('formatCode') ?? ''))
        dates.add(Number(attribute('numFmtId')));
      else if (name === 'xf' && inStyles) styles.push(dates.has(Number(attribute('numFmtId'))));
    },
    close(name) {
      if (name === 'cellXfs') inStyles = false;
    },
  });
  return styles;
}

/** Whether a format such as `dd/mm/yyyy` shows a date: it has its letters outside quotes, brackets and escapes. */
function isDateFormat(code: string): boolean {
  const elapsed = code.replace(/\[[hms]{1,4}\]/gi, 'h');
  const plain = elapsed.replace(/"[^"]*"|\\.|[_*].|\[[^\][]*\]/g, '');
  return /[dmyhs]/i.test(plain.replace(/general/gi, ''));
}
