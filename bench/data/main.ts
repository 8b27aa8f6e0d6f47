// The data layer beside the tools that set its pace, in one run: `npm run bench:data`. Files go to a folder of the
// system's temporary one; a first run of each row warms the page cache for both sides.
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countDataset } from '../../src/data';
import { createLogMel, defaultLogMel } from '../../src/data/audio/log-mel';
import { decodeImage } from '../../src/data/images/decode-image';
import { resize } from '../../src/data/images/resize-image';
import { pythonWith } from '../engine/python';
import { timeCommand, writeCsv, writeFolders, writeImages, writeParquet } from './inputs';

function row(name: string, ours: string, other: string, ratio: string, budget: string): void {
  console.log([name.padEnd(46), ours.padStart(14), other.padStart(22), ratio.padStart(8), budget].join('  '));
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 3; run++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return Math.min(...times);
}

async function counting(folder: string): Promise<void> {
  for (const [quoted, budget] of [
    [false, 3],
    [true, 6],
  ] as const) {
    const path = join(folder, 'big.csv');
    await writeCsv(path, 1e9, quoted);
    const wc = timeCommand(`wc -l ${path}`);
    const ours = await time(() => countDataset(path));
    const name = `rows of a 1 GB CSV ${quoted ? 'with' : 'without'} quotes`;
    row(
      name,
      `${ours.toFixed(0)} ms`,
      `wc -l ${wc.toFixed(0)} ms`,
      `${(ours / wc).toFixed(1)}×`,
      `≤ ${budget}×`,
    );
    await rm(path);
  }
  const files = join(folder, 'files');
  await writeFolders(files, 60_000);
  const find = timeCommand(`find ${files} -type f | wc -l`);
  const ours = await time(() => countDataset(files));
  row(
    '60,000 files in class folders',
    `${ours.toFixed(0)} ms`,
    `find ${find.toFixed(0)} ms`,
    `${(ours / find).toFixed(1)}×`,
    '≤ 2×',
  );
  const parquet = join(folder, 'big.parquet');
  await writeParquet(parquet, 2_000_000);
  const footer = await time(() => countDataset(parquet));
  row('rows of a Parquet file', `${footer.toFixed(0)} ms`, '', '', '≤ 50 ms');
}

async function images(folder: string, side: number, count: number, to: number): Promise<void> {
  const path = join(folder, `images${side}`);
  await writeImages(path, count, side);
  const names = (await readdir(path)).map(name => join(path, name));
  const milliseconds = await time(async () => {
    let next = 0;
    const output = new Float32Array(to * to * 3);
    const worker = async (): Promise<void> => {
      for (let name = names[next++]; name !== undefined; name = names[next++])
        await decodeImage(name, pixels => {
          resize(pixels, to, to, output);
        });
    };
    await Promise.all(Array.from({ length: 8 }, worker));
  });
  const ours = (1000 * count) / milliseconds;
  const name = `JPEG ${side}×${side} decoded and resized to ${to}×${to}`;
  const python = pythonWith(['PIL'], 'on Debian: python3-pil');
  if ('missing' in python) {
    console.error(`Pillow is left out: ${python.missing}`);
    row(name, `${ours.toFixed(0)}/s`, 'no Pillow here', '', '≥ 1×');
    return;
  }
  const pillow = Number(
    execFileSync(python.command, [join(__dirname, 'pillow.py'), path, String(to)], { encoding: 'utf8' }),
  );
  row(
    name,
    `${ours.toFixed(0)}/s`,
    `Pillow ${pillow.toFixed(0)}/s`,
    `${(ours / pillow).toFixed(1)}×`,
    '≥ 1×',
  );
}

async function audio(): Promise<void> {
  for (const rate of [8000, 16_000, 44_100]) {
    const samples = Float32Array.from({ length: 60 * rate }, (_, i) => Math.sin(i / 7) * Math.sin(i / 1000));
    const logMel = createLogMel(defaultLogMel(rate));
    const milliseconds = await time(() => Promise.resolve(logMel(samples)));
    row(
      `samples to log-mel at ${rate} Hz`,
      '',
      '',
      `${(60_000 / milliseconds).toFixed(0)}×`,
      '≥ 500× real time',
    );
  }
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'strategy-advisor-bench-'));
  try {
    await counting(folder);
    await images(folder, 32, 4000, 16);
    await images(folder, 512, 200, 224);
    await audio();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
