import { type Located, type TextRange, onLine } from '../../common/text-ranges';
import { type DiagnosticCollector, report } from '../annotation-diagnostics';
import type { DatasetFields, PipelineFields, TaskFields } from '../annotation-model';
import { isName } from '../value-syntax';
import * as lists from './list-values';
import * as read from './scalar-values';
import type { PairToken, RawValue, WordToken } from './tokenizer';

/** One thing of a pipeline's chain: a name, or an arrow. */
const PARTS = /->|(?:[^\s\->:]|-(?!>)|>|:)+/g;

/**
 * Reads `audio -> phonemes -> transcript`, arrows with or without spaces around them.
 * What does not connect is reported where it stands; the names that remain are returned in order.
 */
function readChain(words: readonly WordToken[], context: DiagnosticCollector): Located<string>[] {
  const chain: Located<string>[] = [];
  let arrow: Located<string> | undefined;
  /** Whether anything stands before, be it a name or not. */
  let begun = false;
  for (const part of words.flatMap(partsOf)) {
    if (part.value === '->') {
      if (arrow || !begun) reportArrow(context, part);
      arrow = part;
      continue;
    }
    if (begun && !arrow) report(context, { code: 'unexpected-word', word: part.value }, part.range);
    else if (!isName(part.value)) report(context, { code: 'bad-name', name: part.value }, part.range);
    else chain.push(part);
    begun = true;
    arrow = undefined;
  }
  if (arrow && begun) reportArrow(context, arrow);
  return chain;
}

function reportArrow(context: DiagnosticCollector, arrow: Located<string>): void {
  report(context, { code: 'pipeline-disconnected', break: { kind: 'arrow' } }, arrow.range);
}

function partsOf({ word }: WordToken): Located<string>[] {
  const { line, column } = word.range.start;
  return [...word.value.matchAll(PARTS)].map(match => ({
    value: match[0],
    range: onLine(line, column + match.index, column + match.index + match[0].length),
  }));
}

type Pairs = ReadonlyMap<string, PairToken>;
type Get = <T>(
  key: string,
  reader: (value: RawValue, context: DiagnosticCollector) => Located<T> | undefined,
) => Located<T> | undefined;

function getter(pairs: Pairs, context: DiagnosticCollector): Get {
  return (key, reader) => {
    const pair = pairs.get(key);
    return pair && reader(pair.value, context);
  };
}

export function datasetFields(pairs: Pairs, context: DiagnosticCollector): DatasetFields {
  const get = getter(pairs, context);
  const unit = get('unit', read.readUnit);
  // Hours come in fractions; examples, sentences and the like do not. With an unreadable unit nobody knows.
  const fractions = pairs.has('unit') && (!unit || ['hours', 'minutes', 'seconds'].includes(unit.value));
  return present({
    task: get('task', lists.readTasks),
    input: get('input', read.readInput),
    num_examples: get('num_examples', fractions ? read.readNumber : read.readCount),
    unit,
    splits: get('splits', fractions ? lists.readSplits : lists.readWholeSplits),
    labels_present: get('labels_present', lists.readShares),
    label: get('label', lists.readColumns),
    positive: get('positive', read.readText),
    path: get('path', read.readText),
    features: get('features', lists.readTexts),
    ignore: get('ignore', lists.readTexts),
    group: get('group', read.readText),
    time: get('time', read.readText),
    sensor: get('sensor', read.readText),
    instances_per_example: get('instances_per_example', read.readPositive),
    checkpoint: get('checkpoint', read.readText),
    source_datasets: get('source_datasets', lists.readIds),
  });
}

export function taskFields(
  pairs: Pairs,
  context: DiagnosticCollector,
  flag: WordToken | undefined,
): TaskFields {
  const get = getter(pairs, context);
  return present({
    target: flag ? { value: true as const, range: flag.word.range } : undefined,
    category: get('category', read.readCategory),
    input: get('input', read.readInput),
    output: get('output', read.readOutput),
    metric: get('metric', read.readText),
    shares_features_with: get('shares_features_with', lists.readSharedFeatures),
    num_params: get('num_params', read.readCount),
    train: get('train', read.readText),
    checkpoint: get('checkpoint', read.readText),
  });
}

export function pipelineFields(
  pairs: Pairs,
  context: DiagnosticCollector,
  words: readonly WordToken[],
  directiveRange: TextRange,
): PipelineFields {
  const chain = readChain(words, context);
  const [first] = chain;
  const last = chain.at(-1);
  if (chain.length < 2) report(context, { code: 'pipeline-too-short' }, first?.range ?? directiveRange);
  return present({
    steps:
      first && last ? { value: chain, range: { start: first.range.start, end: last.range.end } } : undefined,
    engineered: getter(pairs, context)('engineered', lists.readSteps),
    modules: getter(pairs, context)('modules', lists.readModules),
  });
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the fields that are not there, so that absence is absence and not `undefined`. */
function present<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
}
