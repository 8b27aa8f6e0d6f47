import stringWidth from 'string-width';

/** Breaks a text between words so that no line is wider than `width` cells; a longer word stays whole. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of text.split(' ')) {
    const cells = stringWidth(word);
    if (line !== '' && used + 1 + cells > width) {
      lines.push(line);
      line = word;
      used = cells;
    } else {
      line = line === '' ? word : `${line} ${word}`;
      used = stringWidth(line);
    }
  }
  return [...lines, line];
}

/** The text in lines of at most `width` cells, the first after `lead`, the others below its end. */
export function hang(lead: string, text: string, width: number): string[] {
  const indent = stringWidth(lead);
  return wrap(text, width - indent).map((line, i) => (i === 0 ? lead : ' '.repeat(indent)) + line);
}
