import type { Directive } from '../model';
import { onLine, type Located, type TextRange } from '../text';
import { isName } from '../values';
import { replaceBy, report, type Context } from './context';
import type { WordToken } from './tokens';

/** The name an annotation gives, and the words that follow it. */
export interface Named {
  readonly name?: Located<string>;
  readonly others: readonly WordToken[];
}

/** Reads the first word as the name. A pipeline's may end in a colon, with or without space, and its chain may stick to that. */
export function readName(
  directive: Directive,
  words: readonly WordToken[],
  directiveRange: TextRange,
  context: Context,
): Named {
  const [first, ...others] = words;
  if (!first || first.word.value.startsWith(':')) {
    report(context, 'missing-name', first?.word.range ?? directiveRange, { args: [`@${directive}`] });
    return { others: first ? behindColon(words) : [] };
  }
  const { value, range } = first.word;
  const colon = value.indexOf(':');
  const bare = colon < 0 ? value : value.slice(0, colon);
  if (!isName(bare)) report(context, 'bad-name', range, { args: [value] });
  else if (directive !== 'pipeline' && colon >= 0)
    // A colon at the end is a slip; one inside may mean anything.
    report(context, 'bad-name', range, {
      args: [value],
      ...replaceBy(range, colon === value.length - 1 ? bare : undefined),
    });
  return {
    name: {
      value: bare,
      range: onLine(range.start.line, range.start.column, range.start.column + bare.length),
    },
    others:
      directive !== 'pipeline'
        ? others
        : colon < 0
          ? behindColon(others)
          : sticking(first, colon + 1, others),
  };
}

/** The words without the colon that the first of them is or begins with. */
function behindColon(words: readonly WordToken[]): readonly WordToken[] {
  const [first, ...others] = words;
  return first?.word.value.startsWith(':') ? sticking(first, 1, others) : words;
}

/** What is left of a word behind its first `count` characters, before the others. */
function sticking({ word }: WordToken, count: number, others: readonly WordToken[]): readonly WordToken[] {
  const rest = word.value.slice(count);
  if (rest === '') return others;
  const { start, end } = word.range;
  return [
    { kind: 'word', word: { value: rest, range: onLine(start.line, start.column + count, end.column) } },
    ...others,
  ];
}
