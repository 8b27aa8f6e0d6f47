// The licences of all that ships: what esbuild puts into the bundles, and the packages with native code beside them.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { metafiles } from './bundles.mjs';
import { nativePackages } from './native.mjs';
import { root } from './paths.mjs';

const LICENCE_FILE = /^(?:licen[sc]e|copying|notice|copyright)|licen[sc]e\.(?:txt|md)$/i;

/**
 * The folders, from the root, of the packages that ship: those with a byte in a bundle, the native ones, and what
 * code here was generated from.
 * @returns {Promise<string[]>}
 */
export async function shippedPackages() {
  const inputs = (await metafiles()).flatMap(({ outputs }) =>
    Object.values(outputs).flatMap(output =>
      Object.entries(output.inputs).flatMap(([input, { bytesInOutput }]) =>
        bytesInOutput > 0 ? [input] : [],
      ),
    ),
  );
  const bundled = inputs.flatMap(input => {
    // Through links, if node_modules is one, esbuild names where they lead.
    const [, folder] = /^.*?(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(input) ?? [];
    return folder ?? (input.includes('onnx/generated/') ? 'third-party/onnx' : []);
  });
  return [...new Set([...bundled, ...nativePackages.map(name => `node_modules/${name}`)])].sort();
}

const read = (...parts) => readFileSync(path.join(root, ...parts), 'utf8');

/** A text without carriage returns, trailing blanks and blank lines around it. */
const tidy = text =>
  text
    .replace(/\r/g, '')
    .replace(/[ \t]+$/gm, '')
    .replace(/^\n+|\n+$/g, '');

const storedText = name => tidy(read('third-party', 'texts', `${name}.txt`));

/** The licence at the end of a README. */
function textOfReadme(folder) {
  const file = readdirSync(path.join(root, folder)).find(name => /^readme/i.test(name));
  const text = file === undefined ? '' : read(folder, file);
  const start = text.search(/^Copyright /m);
  if (start < 0) throw new Error(`${folder} has no licence in its README`);
  return tidy(text.slice(start).replace(/^\[[^\]]*\]:.*$/gm, ''));
}

/**
 * The licences of a package, and of what is compiled into it.
 * @throws Error where it states none, or brings no text and third-party/packages.json has none
 */
function licencesOf(folder, special) {
  const { name, version, license, author } = JSON.parse(read(folder, 'package.json'));
  if (typeof license !== 'string') throw new Error(`${folder}/package.json states no licence`);
  const files = readdirSync(path.join(root, folder)).filter(file => LICENCE_FILE.test(file));
  const given = special[name] ?? {};
  if (files.length > 0 && (given.texts || given.readme))
    throw new Error(`third-party/packages.json has a text for ${name}, which brings one itself`);
  const own = () => {
    if (files.length > 0) return files.map(file => tidy(read(folder, file)));
    if (given.readme) return [textOfReadme(folder)];
    if (!given.texts)
      throw new Error(`${name} has no licence file: say in third-party/packages.json which text holds`);
    const by = typeof author === 'string' ? author : author?.name;
    const copyright = given.copyright ?? `Copyright (c) ${by ?? `the authors of ${name}`}`;
    // A text that names its owner has its own line.
    return given.texts.map(text =>
      /^(?:MIT|Apache-2\.0)$/.test(text) ? `${copyright}\n\n${storedText(text)}` : storedText(text),
    );
  };
  const inside = Object.entries(given.contains ?? {}).map(([part, { licence, text }]) => ({
    name: `${part}, inside ${name}`,
    version: '',
    licence,
    texts: text ? [storedText(text)] : [],
  }));
  return [{ name, version, licence: license.replace(/^\((.*)\)$/, '$1'), texts: own() }, ...inside];
}

/**
 * The text of THIRD_PARTY_NOTICES.md.
 * @param {readonly string[]} folders those of `shippedPackages`
 * @throws Error naming each package whose licence is not known, and each entry of third-party/packages.json that no
 *   package needs
 */
export function noticesOf(folders) {
  const special = JSON.parse(read('third-party', 'packages.json'));
  const problems = [];
  const all = folders.flatMap(folder => {
    try {
      return licencesOf(folder, special);
    } catch (error) {
      problems.push(error.message);
      return [];
    }
  });
  const shipped = new Set(all.map(({ name }) => name));
  for (const name of Object.keys(special))
    if (!shipped.has(name)) problems.push(`third-party/packages.json has ${name}, which does not ship`);
  if (problems.length > 0) throw new Error(problems.join('\n'));

  const texts = new Map();
  for (const { name, version, texts: own } of all)
    for (const text of own)
      texts.set(text, [...(texts.get(text) ?? []), version ? `${name} ${version}` : name]);
  return [
    '# Third-party notices',
    '',
    'Strategy Advisor contains the software below, each under its own licence. `npm run notices` writes this file from',
    'what the build puts into the bundles; `third-party/onnxruntime-notices.txt` has the notices of what is inside the',
    'binaries of ONNX Runtime.',
    '',
    '| package | version | licence |',
    '| --- | --- | --- |',
    ...all.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`),
    ...[...texts].flatMap(([text, names]) => ['', `## ${names.join(', ')}`, '', fenced(text)]),
    '',
  ].join('\n');
}

/** In a fence that no line of the text ends. */
function fenced(text) {
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${fence}text\n${text}\n${fence}`;
}
