// Counts every table that an index names and compares: `npm run check:tables -- FOLDER [INDEX]`.
import { join } from 'node:path';
import { countDataset } from '../../src/data';
import { openCsv } from '../../src/data/formats/csv';
import { createIssueLog } from '../../src/data/issues';

interface Expected {
  readonly file: string;
  readonly rows: number;
}

/** The rows of an index: a CSV file with the columns `file`, from its folder, and `rows`. */
async function readIndex(path: string): Promise<Expected[]> {
  const table = await openCsv(path);
  const [file, rows] = ['file', 'rows'].map(name => table.columns.findIndex(column => column.name === name));
  if (file === undefined || rows === undefined || file < 0 || rows < 0)
    throw new Error(`${path} needs the columns file and rows`);
  const expected: Expected[] = [];
  for await (const block of table.blocks({ issues: createIssueLog() }))
    for (let row = 0; row < block.rows; row++)
      expected.push({ file: block.text(row, file) ?? '', rows: block.number(row, rows) });
  return expected;
}

async function main(): Promise<void> {
  const [folder, index = 'index.csv'] = process.argv.slice(2);
  if (folder === undefined) throw new Error('Usage: npm run check:tables -- FOLDER [INDEX]');
  const expected = await readIndex(join(folder, index));
  const start = performance.now();
  let right = 0;
  for (const { file, rows } of expected) {
    const { counted, issues } = await countDataset(join(folder, file));
    if (counted?.value === rows) {
      right++;
      continue;
    }
    const reasons = issues.map(({ message }) => message).join('; ');
    console.log(`${file}: ${counted?.value ?? 'not counted'}, but the index has ${rows}. ${reasons}`);
  }
  const seconds = (performance.now() - start) / 1000;
  console.log(
    `${right} of ${expected.length} tables have as many rows as the index says (${seconds.toFixed(1)} s).`,
  );
  if (right < expected.length) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
