// Compiles src/data/scan/scan.wat; `node scripts/build-scan.mjs` after a change of it. A test fails where they differ.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import wabt from 'wabt';

const source = fileURLToPath(new URL('../src/data/scan/scan.wat', import.meta.url));
const target = fileURLToPath(new URL('../src/data/scan/scanModule.ts', import.meta.url));

const { parseWat } = await wabt();
const module = parseWat('scan.wat', await readFile(source, 'utf8'), { simd: true });
const { buffer } = module.toBinary({});
const text = Buffer.from(buffer)
  .toString('base64')
  .replace(/.{1,100}/g, line => `  '${line}',\n`);
await writeFile(
  target,
  `/** \`scan.wat\`, compiled by \`scripts/build-scan.mjs\`: change that file, not this one. */\nexport const scanModule = [\n${text}].join('');\n`,
);
