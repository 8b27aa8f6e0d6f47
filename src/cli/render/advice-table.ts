import * as l10n from '@vscode/l10n';
import type { Advice, Condition, Status } from '../../advisor/advice';
import type { AdviseOptions } from '../../advisor/advisor';
import { CITATIONS } from '../../advisor/citations';
import { type PublishedResults, predictedGain, similarResults } from '../../advisor/published-results';
import { adviceChanges } from '../../advisor/sensitivity';
import type { FileLocation, Problem } from '../../language/learning-problem';
import { recommendationSummary } from '../../messages/advice-summary';
import { STRATEGIES, adviceChangeText } from '../../messages/advice-text';
import { conditionText, tellingConditions } from '../../messages/condition-text';
import { noteText } from '../../messages/note-text';
import { certaintyText, outlookText } from '../../messages/outlook-text';
import { gainText, similarResultText } from '../../messages/published-text';
import { formatCount, formatSize, strategyName } from '../../messages/quantities';
import type { Colors } from '../printer';
import { type Style, columnWidths, hangingLines, rowLines } from '../terminal';

/** What the advice was asked for with, and what stands beside it. */
export interface TableOptions extends AdviseOptions {
  readonly published: PublishedResults;
}

const MARKS: Readonly<Record<Status, string>> = { met: '✓', unmet: '✗', assumed: '~', unknown: '?' };

/** A table of the advice, each row with its reasons below it. */
export function adviceLines(
  problem: Problem,
  advice: readonly Advice[],
  options: TableOptions,
  style: Style,
): string[] {
  const { colors, width } = style;
  const header = [l10n.t('TARGET'), l10n.t('ADVICE'), l10n.t('CONFIDENCE'), l10n.t('LOCATION')];
  const rows = advice.map(each => rowOf(each, advice));
  const widths = columnWidths([header, ...rows], width);
  return [
    ...rowLines(header, widths, cell => colors.dim(cell)),
    ...advice.flatMap((each, i) => [
      ...(i === 0 ? [] : ['']),
      ...rowLines(rows[i] ?? [], widths, (cell, column) => (column < 2 ? colors.bold(cell) : cell)),
      ...reasonLines(problem, each, options, style),
    ]),
  ];
}

function rowOf(advice: Advice, all: readonly Advice[]): string[] {
  return [
    target(advice, all),
    recommendationSummary(advice),
    certaintyText(advice),
    locationOf(advice.reference),
  ];
}

/** A target with a pipeline has several rows: one for each thing that is decided. */
function target({ task, stage, decision }: Advice, all: readonly Advice[]): string {
  if (stage !== undefined) return l10n.t('{0}, stage {1}', task, stage);
  if (decision === 'decomposition') return l10n.t('{0}, end-to-end or pipeline', task);
  const decomposed = all.some(other => other.task === task && other.decision === 'decomposition');
  return decomposed ? l10n.t('{0}, end-to-end', task) : task;
}

function reasonLines(
  problem: Problem,
  advice: Advice,
  options: TableOptions,
  { colors, width }: Style,
): string[] {
  const bulleted = (texts: readonly string[]): string[] =>
    texts.flatMap(text => hangingLines(`    ${colors.dim('-')} `, text, width));
  const changes = adviceChanges(problem, advice, options).map(adviceChangeText);
  const notes = [...effectiveExamplesText(advice), ...advice.notes.map(noteText)];
  const outlook = outlookText(advice);
  return [
    ...(outlook === undefined ? [] : hangingLines('  ', outlook, width)),
    ...gainLines(advice, options, width),
    ...byStrategy(advice).flatMap(([title, conditions]) => [
      `  ${title}`,
      ...conditions.flatMap(condition => conditionLines(condition, colors, width)),
    ]),
    ...(changes.length === 0 ? [] : [`  ${l10n.t('The advice changes at')}`, ...bulleted(changes)]),
    ...(notes.length === 0 ? [] : [`  ${l10n.t('Notes')}`, ...bulleted(notes)]),
    ...similarLines(advice, options, { colors, width }),
  ];
}

function gainLines({ outlook }: Advice, { published }: TableOptions, width: number): string[] {
  const gain = outlook && predictedGain(outlook, published);
  return gain ? hangingLines('  ', gainText(outlook, gain), width) : [];
}

/** The most similar published results, each with its address below it. */
function similarLines({ outlook }: Advice, { published }: TableOptions, { colors, width }: Style): string[] {
  if (!outlook) return [];
  return [
    `  ${l10n.t('Similar published results')}`,
    ...similarResults(outlook, published).flatMap(result => [
      ...hangingLines(`    ${colors.dim('-')} `, similarResultText(result, published), width),
      `      ${colors.dim(published.papers[result.paper]?.url ?? '')}`,
    ]),
  ];
}

/** The conditions of each strategy, the recommended one first. */
function byStrategy({ recommendation, conditions }: Advice): [string, Condition[]][] {
  return [recommendation, ...STRATEGIES.filter(strategy => strategy !== recommendation)]
    .map((strategy): [string, Condition[]] => [
      strategyName(strategy),
      tellingConditions(conditions).filter(condition => condition.strategy === strategy),
    ])
    .filter(([, its]) => its.length > 0);
}

function conditionLines(condition: Condition, colors: Colors, width: number): string[] {
  const color = { met: colors.green, unmet: colors.red, assumed: colors.yellow, unknown: colors.cyan };
  const mark = color[condition.status](MARKS[condition.status]);
  const origin = [...new Set(condition.evidence.map(locationOf)), CITATIONS[condition.source].citation];
  return [
    ...hangingLines(`    ${mark} `, conditionText(condition), width),
    ...hangingLines('      ', origin.join(' · '), width).map(line => colors.dim(line)),
  ];
}

function effectiveExamplesText({ effectiveExamples }: Advice): string[] {
  if (!effectiveExamples || effectiveExamples.value <= 0) return [];
  const { value, low, high, unit } = effectiveExamples;
  return [
    l10n.t(
      'Effective extra examples: about {0} ({1} to {2}).',
      formatSize({ value, unit }),
      formatCount(low),
      formatCount(high),
    ),
  ];
}

function locationOf({ file, range }: FileLocation): string {
  return `${file}:${range.start.line + 1}`;
}
