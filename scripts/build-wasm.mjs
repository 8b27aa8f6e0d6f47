// Compiles the .wat files of src; run it after a change of one. A test fails where they differ.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { compileWat } from './lib/wat.mjs';

for (const [folder, name] of [
  ['data/formats', 'scan'],
  ['data/images', 'resize'],
  ['engine/training-step/optimizer', 'update'],
]) {
  const place = new URL(`../src/${folder}/`, import.meta.url);
  const module = await compileWat(fileURLToPath(new URL(`${name}.wat`, place)));
  const text = module.toString('base64').replace(/.{1,100}/g, line => `  '${line}',\n`);
  await writeFile(
    fileURLToPath(new URL(`${name}-module.ts`, place)),
    `/** \`${name}.wat\`, compiled by \`scripts/build-wasm.mjs\`: change that file, not this one. */\nexport const ${name}Module = [\n${text}].join('');\n`,
  );
}
