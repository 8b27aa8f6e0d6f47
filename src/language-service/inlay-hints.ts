import * as l10n from '@vscode/l10n';
import type { Advice } from '../advisor/advice';
import { targetsOf } from '../advisor/advisor';
import { indexProblem, labelledDataOf } from '../advisor/labelled-data';
import { formatExactCount } from '../common/number-notation';
import type { Located, Position } from '../common/text-ranges';
import { type AnnotatedText, annotationsOf } from '../language/annotated-text';
import type { Annotation } from '../language/annotation-model';
import type { Problem } from '../language/learning-problem';
import { convertSize } from '../language/size-units';

/** A short text to show behind a value. */
export interface InlayHint {
  readonly position: Position;
  readonly label: string;
  /** More of the same, where all of it would be too much to read in the line. */
  readonly tooltip?: string;
}

/** How many times as much data a source of the advice has as the target. */
interface DataRatio {
  readonly source: string;
  readonly ratio: number;
}

/**
 * What the values of a text mean: counts in full, what splits add up to, and how a target's data compares
 * with that of the source that the advice names.
 * @param ratioOf the ratio for a dataset of a target; `undefined` for other datasets
 */
export function inlayHintsIn(
  text: AnnotatedText,
  ratioOf: (dataset: string) => DataRatio | undefined,
): readonly InlayHint[] {
  return annotationsOf(text).flatMap(annotation => [
    ...countsOf(annotation).flatMap(count => fullCount(text, count)),
    ...sizesOfSplits(text, annotation),
    ...comparison(annotation, ratioOf),
  ]);
}

function countsOf(annotation: Annotation): readonly Located<number>[] {
  const { directive, fields } = annotation;
  if (directive === 'pipeline') return [];
  const count = directive === 'dataset' ? fields.num_examples : fields.num_params;
  return count ? [count] : [];
}

/** `1.2M` means 1,200,000; where the digits are written out there is nothing to say. */
function fullCount({ lines }: AnnotatedText, { value, range }: Located<number>): InlayHint[] {
  const written = lines[range.start.line]?.slice(range.start.column, range.end.column) ?? '';
  return /^"?[\d.,_]+"?$/.test(written)
    ? []
    : [{ position: range.end, label: `= ${formatExactCount(value)}` }];
}

/** One split is a number like others; of several the line has the total, and each on hover. */
function sizesOfSplits(text: AnnotatedText, annotation: Annotation): InlayHint[] {
  const splits = annotation.directive === 'dataset' ? annotation.fields.splits : undefined;
  const [first, ...more] = splits?.value ?? [];
  if (!splits || !first) return [];
  if (more.length === 0) return fullCount(text, first.count);
  const total = splits.value.reduce((sum, { count }) => sum + count.value, 0);
  const each = splits.value.map(({ name, count }) => `${name.value}: ${formatExactCount(count.value)}`);
  return [
    {
      position: splits.range.end,
      label: l10n.t('= {0} in total', formatExactCount(total)),
      tooltip: each.join('\n'),
    },
  ];
}

function comparison(
  annotation: Annotation,
  ratioOf: (dataset: string) => DataRatio | undefined,
): InlayHint[] {
  if (annotation.directive !== 'dataset' || !annotation.name) return [];
  const size = annotation.fields.splits ?? annotation.fields.num_examples;
  const found = size && ratioOf(annotation.name.value);
  if (!found) return [];
  const ratio = found.ratio >= 10 ? Math.round(found.ratio) : Number(found.ratio.toPrecision(2));
  return [{ position: size.range.end, label: l10n.t('{0} has {1}×', found.source, formatExactCount(ratio)) }];
}

/**
 * How many times as much data the source has that the advice on a dataset's target recommends; `undefined`
 * where transfer is not advised, or the sizes do not compare.
 */
export function sourceRatio(
  problem: Problem,
  dataset: string,
  adviceOn: (target: string) => readonly Advice[],
): DataRatio | undefined {
  const tasks = problem.datasets.find(({ name }) => name === dataset)?.tasks ?? [];
  const target = targetsOf(problem).find(({ name }) => tasks.includes(name));
  const advice =
    target && adviceOn(target.name).find(({ decision, stage }) => decision === 'learning' && !stage);
  const [source, ...more] = advice?.recommendation === 'transfer' ? advice.from : [];
  if (!target || source === undefined || more.length > 0) return undefined;
  const view = indexProblem(problem);
  const own = labelledDataOf(view, target.name).size;
  const its = labelledDataOf(view, source).size;
  const comparable = own && its && convertSize(its, own.unit);
  return own && comparable !== undefined && own.value > 0
    ? { source, ratio: comparable / own.value }
    : undefined;
}
