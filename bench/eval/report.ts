// The report of an evaluation, as lines for a terminal.
import type { Goal } from './goals';
import type { Judged, Judgement, Part } from './judge';

/** One line a way of answering: strict and half credit with their intervals, log loss, ties. */
export function methodTable(methods: readonly (readonly [name: string, judgement: Judgement])[]): string[] {
  return aligned([
    ['', 'strict', '90 %', 'half', '90 %', 'weighed', 'log loss', 'ties called', 'of them ties'],
    ...methods.map(([name, each]) => [
      name,
      figure(each.strict),
      `${figure(each.strictInterval.low)}-${figure(each.strictInterval.high)}`,
      figure(each.half),
      `${figure(each.halfInterval.low)}-${figure(each.halfInterval.high)}`,
      figure(each.halfWeighted),
      figure(each.logLoss),
      percent(each.ties.called),
      percent(each.ties.right),
    ]),
  ]);
}

/** The advice by what won, decision, domain and check; balanced inside each. */
export function partTables({ byBest, byDecision, byDomain, byCheck }: Judgement): string[] {
  const table = (title: string, parts: readonly Part[]): string[] => [
    '',
    ...aligned([
      [title, 'cases', 'strict', 'half'],
      ...parts.map(({ name, cases, strict, half }) => [name, String(cases), figure(strict), figure(half)]),
    ]),
  ];
  return [
    ...table('what won', byBest),
    ...table('decision', byDecision),
    ...table('domain', byDomain),
    ...table('checked', byCheck),
  ];
}

export function reliabilityTable({ levels, thirds }: Judgement): string[] {
  return [
    ...aligned([
      ['confidence', 'cases', 'share', 'right'],
      ...levels
        .filter(({ cases }) => cases > 0)
        .map(({ level, cases, share, right }) => [level, String(cases), percent(share), percent(right)]),
    ]),
    ...(thirds.length === 0
      ? ['No probability is stated.']
      : [
          '',
          ...aligned([
            ['third', 'cases', 'stated', 'right'],
            ...thirds.map(({ cases, stated, right }, i) => [
              String(i + 1),
              String(cases),
              figure(stated),
              figure(right),
            ]),
          ]),
        ]),
  ];
}

export function goalTable(goals: readonly Goal[]): string[] {
  return aligned([
    ['goal', 'found', 'wanted', ''],
    ...goals.map(({ name, found, wanted, reached }) => [name, found, wanted, reached ? 'reached' : 'MISSED']),
  ]);
}

/** One line a case: what was advised, and what the paper shows. */
export function caseLines(judged: readonly Judged[]): string[] {
  const width = Math.max(...judged.map(({ given }) => given.id.length));
  return judged.map(
    ({ given, answer, strict, half }) =>
      `${strict === 1 ? 'right' : half > 0 ? 'half ' : 'WRONG'}  ${given.id.padEnd(width)}  advice ${answer.called.join(', ') || 'none'} (${answer.confidence ?? 'no confidence'})  best ${given.best}, acceptable ${given.acceptable.join(', ')}`,
  );
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0))) ?? [];
  return rows.map(row =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}

const figure = (value: number): string => (Number.isFinite(value) ? value.toFixed(3) : '-');
const percent = (share: number): string => (Number.isFinite(share) ? `${(100 * share).toFixed(0)} %` : '-');
