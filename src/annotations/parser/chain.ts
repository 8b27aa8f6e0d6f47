import { onLine, type Located } from '../text';
import { isName } from '../values';
import { report, type Context } from './context';
import type { WordToken } from './tokens';

/** One thing of a pipeline's chain: a name, or an arrow. */
const PARTS = /->|(?:[^\s\->:]|-(?!>)|>|:)+/g;

/**
 * Reads `audio -> phonemes -> transcript`, arrows with or without spaces around them.
 * What does not connect is reported where it stands; the names that remain are returned in order.
 */
export function readChain(words: readonly WordToken[], context: Context): Located<string>[] {
  const chain: Located<string>[] = [];
  let arrow: Located<string> | undefined;
  /** Whether anything stands before, be it a name or not. */
  let begun = false;
  for (const part of words.flatMap(partsOf)) {
    if (part.value === '->') {
      if (arrow || !begun) report(context, 'pipeline-disconnected', part.range, { args: [part.value] });
      arrow = part;
      continue;
    }
    if (begun && !arrow) report(context, 'unexpected-word', part.range, { args: [part.value] });
    else if (!isName(part.value)) report(context, 'bad-name', part.range, { args: [part.value] });
    else chain.push(part);
    begun = true;
    arrow = undefined;
  }
  if (arrow && begun) report(context, 'pipeline-disconnected', arrow.range, { args: [arrow.value] });
  return chain;
}

function partsOf({ word }: WordToken): Located<string>[] {
  const { line, column } = word.range.start;
  return [...word.value.matchAll(PARTS)].map(match => ({
    value: match[0],
    range: onLine(line, column + match.index, column + match.index + match[0].length),
  }));
}
