// npm run simulate [-- RUNS [races]]: how often the intervals of a pilot hold what they should, what pilots decide, and how
// often races decide the same.
import { decisionSimulations } from './decisions';
import { raceSimulations } from './racing';
import { simulations } from './simulate';

const runs = Number(process.argv[2] ?? 400);
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`.padStart(7);

if (process.argv[3] === 'races') printRaces();
else {
  printIntervals();
  printDecisions();
  printRaces();
}

function printIntervals(): void {
  console.log('Intervals of 95 %: how many hold the truth, of how many, and their median width');
  for (const { name, share, runs: counted, width } of simulations(runs))
    console.log(
      `${percent(share)} of ${String(counted).padEnd(5)} width ${width.toPrecision(3).padEnd(8)} ${name}`,
    );
}

function printDecisions(): void {
  console.log(
    `\nDecisions of ${runs} pilots each. A good arm: within the margin of the truly best. Covered: intervals of the differences.`,
  );
  console.log('single-task, other arm, good arm, tie, undecided, covered');
  for (const { name, singleTask, costlier, right, tie, undecided, covered } of decisionSimulations(runs))
    console.log([singleTask, costlier, right, tie, undecided, covered].map(percent).join(' '), ` ${name}`);
}

function printRaces(): void {
  console.log(
    `\nRaces of ${runs} pilots each, beside the exhaustive pilot of the same data. Clear: decided, and decided alike with intervals a quarter wider. Same: the race recommends the same arm. One round: all arms but the best are dropped after one seed. Trials: up to the verdict, of those of the exhaustive pilot.`,
  );
  console.log('decided, same; clear, same, same after one round; wrong, wrong after one round; trials');
  for (const each of raceSimulations(runs))
    console.log(
      [each.decided / runs, each.sameDecided].map(percent).join(' '),
      [each.clear / runs, each.same, each.sameOneRound].map(percent).join(' '),
      [each.wrong, each.wrongOneRound].map(percent).join(' '),
      `${each.trials.toFixed(1)} of ${each.exhaustiveTrials} (${(each.exhaustiveTrials / each.trials).toFixed(1)} times fewer) `,
      each.name,
    );
}
