import type { Fix } from '../diagnostics';
import type { Directive } from '../model';
import { KEYS, keySchema } from '../schema';
import { replaceBy, report, type Context } from './context';
import { nearestKey } from './recognize';
import type { PairToken, RawValue, Token } from './tokens';

/** The pairs by the proper name of their key. Whatever is wrong with a key is reported, and the pair left out. */
export function collectPairs(
  directive: Directive,
  tokens: readonly Token[],
  context: Context,
): ReadonlyMap<string, PairToken> {
  const pairs = new Map<string, PairToken>();
  for (const token of tokens) {
    if (token.kind !== 'pair') continue;
    const { key, value } = token;
    const schema = keySchema(directive, key.value);
    if (!schema) reportUnknown(directive, token, context);
    else if (schema.kind === 'flag') report(context, 'unexpected-word', key.range, { args: [key.value] });
    else if (['', '"', '""'].includes(value.raw))
      report(context, 'missing-value', key.range, { args: [key.value, schema.example] });
    else if (pairs.has(schema.key))
      report(context, 'duplicate-key', key.range, { severity: 'warning', args: [key.value] });
    else {
      if (value.unclosed) report(context, 'unclosed-quote', value.range, { fix: closingQuote(value) });
      pairs.set(schema.key, token);
    }
  }
  return pairs;
}

/** For the message. */
const KNOWN: Readonly<Record<Directive, string>> = {
  dataset: KEYS.dataset.map(({ key }) => key).join(', '),
  task: KEYS.task.map(({ key }) => key).join(', '),
  pipeline: KEYS.pipeline.map(({ key }) => key).join(', '),
};

function reportUnknown(directive: Directive, { key }: PairToken, context: Context): void {
  const near = nearestKey(directive, key.value);
  report(context, 'unknown-key', key.range, {
    args: [key.value, near ?? '', KNOWN[directive]],
    ...replaceBy(key.range, near),
  });
}

/** The quote that is missing; a backslash before it would take it for a letter and is doubled. */
function closingQuote({ raw, range }: RawValue): Fix {
  const backslashes = /\\*$/.exec(raw.slice(-100))?.[0].length ?? 0;
  return {
    range: { start: range.end, end: range.end },
    newText: backslashes % 2 === 1 ? '\\"' : '"',
  };
}
