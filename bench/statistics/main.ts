// npm run simulate [-- RUNS]: how often the intervals of a pilot hold what they should.
import { simulations } from './simulate';

const runs = Number(process.argv[2] ?? 400);
for (const { name, share, runs: counted, width } of simulations(runs))
  console.log(
    `${(100 * share).toFixed(1).padStart(5)} % of ${String(counted).padEnd(5)} width ${width.toPrecision(3).padEnd(8)} ${name}`,
  );
