import type { Strategy } from '../../../src/advisor/advice';
import { ALL_CITATIONS, type AnyCitationId } from './citations';
import { THRESHOLDS, type ThresholdName } from '../../../src/advisor/thresholds';
import { THRESHOLD_REASONS } from './threshold-reasons';
import { CONDITIONS } from './conditions';
import { THRESHOLD_GROUPS, type ThresholdGroup } from './groups';
import { code, count, table } from './markdown';

const NAMES = Object.keys(THRESHOLD_GROUPS) as ThresholdName[];

/** "He 2018", linked; a figure of the project's own is called so. */
function source(id: AnyCitationId): string {
  if (id === 'choice') return 'heuristic';
  const { url } = ALL_CITATIONS[id];
  return `[${shortName(id)}](${url})`;
}

/** First author and year, as the ids are made: `he2018`. */
function shortName(id: AnyCitationId): string {
  const year = id.slice(-4);
  const { citation } = ALL_CITATIONS[id];
  return `${/^[\p{L}-]+/u.exec(citation)?.[0] ?? citation} ${year}`;
}

/** Each strategy's conditions: when they are met, what happens where nothing is stated, and where they come from. */
export function conditionTable(strategies: readonly Strategy[]): string {
  const rows = strategies.flatMap(strategy =>
    Object.entries(CONDITIONS)
      .filter(([, { strategies: own }]) => own.includes(strategy))
      .map(([id, { met, otherwise, source: from }]) => [
        strategy,
        code(id),
        withFigures(met),
        withFigures(otherwise),
        conditionSource(from, strategy),
      ]),
  );
  return table(['strategy', 'condition', 'met when', 'not stated', 'source'], rows);
}

function conditionSource(
  from: (typeof CONDITIONS)[keyof typeof CONDITIONS]['source'],
  strategy: Strategy,
): string {
  if (from === 'thresholds') return 'of the figure';
  const id = typeof from === 'string' ? from : from[strategy];
  return id ? source(id) : '';
}

function withFigures(text: string): string {
  return text.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const threshold = new Map<string, number>(Object.entries(THRESHOLDS)).get(name);
    if (threshold === undefined) throw new Error(`no threshold is called "${name}"`);
    return count(threshold);
  });
}

/** The thresholds of a group: value, unit, meaning, reason and source. */
export function thresholdTable(group: ThresholdGroup): string {
  const rows = NAMES.filter(name => THRESHOLD_GROUPS[name] === group).map(name => {
    const value = THRESHOLDS[name];
    const { unit, why, meaning, source: id } = THRESHOLD_REASONS[name];
    return [
      code(name),
      `${count(value)} ${value === 1 ? unit.replace(/s$/, '') : unit}`,
      meaning,
      why,
      source(id),
    ];
  });
  return table(['figure', 'value', 'what it is', 'why', 'source'], rows);
}

/** Every source that a rule, a figure or a note names. */
export function sourceTable(): string {
  const ids = (Object.keys(ALL_CITATIONS) as AnyCitationId[]).filter(id => id !== 'choice');
  return ids
    .sort((a, b) => ALL_CITATIONS[a].citation.localeCompare(ALL_CITATIONS[b].citation, 'en'))
    .map(id => `- [${ALL_CITATIONS[id].citation}](${ALL_CITATIONS[id].url})`)
    .join('\n');
}
