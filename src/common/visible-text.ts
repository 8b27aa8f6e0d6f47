/**
 * What a text from a repository may hold and a reader must not be served: characters that a terminal obeys (escape
 * sequences begin with C0 and C1 controls), that turn the direction of writing or that do not show at all, line and
 * paragraph separators, and halves of surrogate pairs. Joiners stay where they join (in Persian, in Hindi, in emoji),
 * and so do the variants of Chinese characters.
 */
const INVISIBLE = new RegExp(
  [
    '[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f]',
    '[\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]',
    '(?<![^\\u0000-\\u024f])[\\u200c\\u200d]|[\\u200c\\u200d](?![^\\u0000-\\u024f])',
    '[\\u{e0000}-\\u{e00ff}\\u{e01f0}-\\u{e0fff}]',
    '(?<!\\p{Script=Han})[\\u{e0100}-\\u{e01ef}]',
    '\\p{Surrogate}',
  ].join('|'),
  'gu',
);

/**
 * The text with every control, invisible and direction-turning character written as JSON writes it: `\u001b`. Line
 * breaks and tabs stay. What is valid JSON remains JSON of the same value, and a text that was treated stays as it is.
 */
export function visibleText(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(INVISIBLE, escaped);
}

/** The same for a text that is to stay on one line, such as a name: its line breaks and tabs are written out too. */
export function visibleLine(text: string): string {
  return text
    .replace(/[\n\r\t]/g, character => (character === '\n' ? '\\n' : character === '\t' ? '\\t' : '\\r'))
    .replace(INVISIBLE, escaped);
}

function escaped(characters: string): string {
  let written = '';
  for (let i = 0; i < characters.length; i++)
    written += `\\u${characters.charCodeAt(i).toString(16).padStart(4, '0')}`;
  return written;
}

/**
 * The text, or its beginning and its end where it is longer than `most` characters: a message that repeats what it was
 * given has its reason on one side of that and the remedy on the other.
 */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const head = Math.ceil((most * 2) / 3);
  const tail = most - head;
  return `${wellFormed(text.slice(0, head))} … ${wellFormed(text.slice(text.length - tail))}`;
}

/** Without half a character where it was cut. */
function wellFormed(text: string): string {
  return text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
}
