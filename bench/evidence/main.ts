// npm run evidence:export [-- FOLDER]: writes the evidence base as a dataset, to dist/evidence by default.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { EVIDENCE_FOLDER, readEvidence } from './base';
import { exportFiles } from './export';

function main(): number {
  const folder = path.resolve(process.argv[2] ?? path.join(__dirname, '../../dist/evidence'));
  const base = readEvidence();
  if (base.unreadable.length > 0) {
    console.error(`The evidence base has records that cannot be read:\n${base.unreadable.join('\n')}`);
    return 1;
  }
  const card = readFileSync(path.join(EVIDENCE_FOLDER, 'README.md'), 'utf8');
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of exportFiles(base, card)) {
    writeFileSync(path.join(folder, name), content);
    console.log(`${path.join(folder, name)}: ${content.length.toLocaleString('en-US')} bytes`);
  }
  console.log(`${base.records.length} comparisons from ${base.papers.size} papers.`);
  return 0;
}

process.exitCode = main();
