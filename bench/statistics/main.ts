// npm run simulate [-- RUNS]: how often the intervals of a pilot hold what they should, and what pilots decide.
import { decisionSimulations } from './decisions';
import { simulations } from './simulate';

const runs = Number(process.argv[2] ?? 400);
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`.padStart(7);

console.log('Intervals of 95 %: how many hold the truth, of how many, and their median width');
for (const { name, share, runs: counted, width } of simulations(runs))
  console.log(
    `${percent(share)} of ${String(counted).padEnd(5)} width ${width.toPrecision(3).padEnd(8)} ${name}`,
  );

console.log(
  `\nDecisions of ${runs} pilots each. A good arm: within the margin of the truly best. Covered: intervals of the differences.`,
);
console.log('single-task, other arm, good arm, tie, undecided, covered');
for (const { name, singleTask, costlier, right, tie, undecided, covered } of decisionSimulations(runs))
  console.log([singleTask, costlier, right, tie, undecided, covered].map(percent).join(' '), ` ${name}`);
