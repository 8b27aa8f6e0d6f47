import type { PilotReport } from '../../src/protocol/pilot-report';
import type { Finding } from './finding';
import { coins, csv, randomRows, type Row } from './pilot';
import { type QuickProject, quickPilot } from './quick-pilot';

/** What a table tells of its labels, and what the source tells besides: never anything that helps. */
export type NullKind = 'nothing to learn' | 'a source of noise';

const sides = ([a = 0, b = 0, c = 0]: Row): number => Number(a + b - c > 0);

/** A target of 400 rows and a source of 600, whose labels are coins in either case. */
function nullProject(kind: NullKind, run: number): QuickProject {
  const a = coins(400, 1000 + run);
  const b = coins(600, 5000 + run);
  return {
    files: {
      'target.csv': csv(randomRows(400, 4, 100 + run), {
        y: (row, i) => (kind === 'nothing to learn' ? (a[i] ?? 0) : sides(row)),
      }),
      'source.csv': csv(randomRows(600, 4, 9000 + run), { z: (_, i) => b[i] ?? 0 }),
    },
    annotations: [
      '@dataset target task=y input=tabular:4 num_examples=400 label=y path=target.csv',
      '@dataset source task=z input=tabular:4 num_examples=600 label=z path=source.csv',
      '@task y target output=class:2 metric=accuracy shares_features_with=z num_params=10k',
    ],
    task: 'y',
    sizes: [80],
    seeds: 3,
    steps: 60,
  };
}

/** The 95 % interval of a share (Wilson 1927). */
export function shareInterval(count: number, of: number): readonly [low: number, high: number] {
  const z = 1.96;
  const share = count / of;
  const middle = (share + z ** 2 / (2 * of)) / (1 + z ** 2 / of);
  const half = (z / (1 + z ** 2 / of)) * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

/** One table of a kind, and the pilot on it. */
export function nullPilot(kind: NullKind, run: number): Promise<PilotReport> {
  return quickPilot(nullProject(kind, run));
}

const isWrong = ({ verdict }: PilotReport): boolean =>
  verdict?.arm !== undefined && verdict.arm !== 'single-task';

/** How often another arm than single-task training is recommended where none can be better. */
export async function nullTables(
  kind: NullKind,
  runs: number,
  tell: (line: string) => void = () => undefined,
): Promise<Finding> {
  let wrong = 0;
  const outcomes = new Map<string, number>();
  const gains = new Map<string, number>();
  for (let run = 0; run < runs; run++) {
    const report = await nullPilot(kind, run);
    if (isWrong(report)) wrong++;
    const outcome = report.verdict?.outcome ?? 'none';
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    for (const { id, differences } of report.arms)
      gains.set(id, (gains.get(id) ?? 0) + (differences.at(-1)?.value ?? 0));
    tell(
      `${run + 1}: ${outcome} ${report.verdict?.arm ?? ''}; ${wrong} wrong; mean gains ${[...gains].map(([id, sum]) => `${id} ${((100 * sum) / (run + 1)).toFixed(1)}`).join(', ')}`,
    );
  }
  const [low, high] = shareInterval(wrong, runs).map(share => `${(100 * share).toFixed(1)} %`);
  const each = [...outcomes].map(([outcome, count]) => `${outcome} ${count}`).join(', ');
  return {
    seen: `${wrong} of ${runs} (${low ?? ''} to ${high ?? ''}); ${each}`,
    // Two standard errors above 5 %.
    holds: wrong / runs <= 0.05 + 2 * Math.sqrt((0.05 * 0.95) / runs),
  };
}
