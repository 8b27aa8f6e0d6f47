import { createHash } from 'node:crypto';
import type { PilotReport } from '../../src/protocol/pilot-report';
import type { Finding } from './finding';
import { coins, csv, levelOf, pilot, randomRows } from './pilot';

const MOST_BY_CHANCE = 0.68;

/** The target's rows in a source with two digits after the point, and with a label that follows from the target's. */
export function roundedRows(): Finding {
  const labels = coins(800, 4);
  const rows = randomRows(800, 12, 3);
  const rounded = rows.map(row => row.map(value => Math.round(100 * value) / 100));
  const report = pilot({
    files: {
      'target.csv': csv(rows, { y: (_, i) => labels[i] ?? 0 }),
      'source.csv': csv(rounded, { z: (_, i) => 1 - (labels[i] ?? 0) }),
    },
    annotations: [
      '@dataset target task=y input=tabular:12 num_examples=800 label=y path=target.csv',
      '@dataset source task=z input=tabular:12 num_examples=800 label=z path=source.csv',
      '@task y target output=class:2 metric=accuracy shares_features_with=z num_params=10k',
    ],
    task: 'y',
    options: ['--sizes', '400', '--seeds', '2'],
  });
  const most = Math.max(...report.arms.map(({ id }) => levelOf(report, id)));
  const line = report.warnings.find(each => each.includes('160 examples of source'));
  return {
    seen: `at most ${most.toFixed(3)}; ${line ?? 'nothing is said'}`,
    holds: most < MOST_BY_CHANCE && line !== undefined,
  };
}

/** Five rows of each of 120 users, whose labels are chance but equal in all rows of a user; users are called by hashes. */
export function hashedGroups(): Finding {
  const labels = coins(120, 7);
  const user = (i: number): number => i % 120;
  const hash = (i: number): string =>
    createHash('sha1')
      .update(String(user(i)))
      .digest('hex')
      .slice(0, 16);
  const table = csv(randomRows(600, 4, 8), { user: (_, i) => hash(i), y: (_, i) => labels[user(i)] ?? 0 });
  const report = (more: string): PilotReport =>
    pilot({
      files: { 'table.csv': table },
      annotations: [
        `@dataset table task=y input=tabular:4 num_examples=600 label=y ${more}path=table.csv`,
        '@task y target output=class:2 metric=accuracy num_params=10k',
      ],
      task: 'y',
      options: ['--sizes', '400', '--seeds', '2'],
    });
  const most = (of: PilotReport): string => Math.max(...of.arms.map(({ id }) => levelOf(of, id))).toFixed(3);
  const [silent, grouped] = [report(''), report('group=user ')];
  const isMarked = silent.doubts?.some(({ code }) => code === 'suspected-groups') === true;
  return {
    seen: `${isMarked ? 'marked' : 'not marked'} at ${most(silent)}; with group= at most ${most(grouped)}`,
    holds: isMarked && Number(most(grouped)) < MOST_BY_CHANCE,
  };
}
