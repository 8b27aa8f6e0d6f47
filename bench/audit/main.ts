// npm run audit:pilots [-- --short] [--null RUNS] [NAME…]: experiments with known truth on the pilots as they were built.
import { parseArgs } from 'node:util';
import { experiments } from './experiments';

const { values, positionals } = parseArgs({
  options: { short: { type: 'boolean', default: false }, null: { type: 'string', default: '200' } },
  allowPositionals: true,
});

const chosen = experiments(Number(values.null)).filter(
  ({ name, short }) =>
    (short || !values.short) && (positionals.length === 0 || positionals.some(word => name.includes(word))),
);
/** Prints a line for each, and returns how many do not hold. */
async function main(): Promise<number> {
  console.log('| experiment | expected | seen | holds |\n| --- | --- | --- | --- |');
  let failed = 0;
  for (const { name, expected, run } of chosen) {
    const { seen, holds } = await run();
    if (!holds) failed++;
    console.log(`| ${name} | ${expected} | ${seen} | ${holds ? 'yes' : '**no**'} |`);
  }
  return failed;
}

void main().then(failed => process.exit(failed > 0 ? 1 : 0));
