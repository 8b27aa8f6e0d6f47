// What a release is made of, and what stops one.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { placeholdersIn } from './addresses.mjs';

/** VS Code's marketplace takes three numbers and nothing behind them. */
const VERSION = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/;

export const isVersion = text => VERSION.test(text);

/** Below 0 where `one` comes before `other`. */
export function compareVersions(one, other) {
  const [left, right] = [one, other].map(version => version.split('.').map(Number));
  const index = left.findIndex((part, i) => part !== right[i]);
  return index < 0 ? 0 : left[index] - right[index];
}

const HEADING = /^## \[(\d+\.\d+\.\d+)\] - (unreleased|\d{4}-\d{2}-\d{2})$/gm;

/** The entry of a version in CHANGELOG.md: its date, or `unreleased`, and its text; undefined where there is none. */
export function changelogEntry(changelog, version) {
  const headings = [...changelog.matchAll(HEADING)];
  const index = headings.findIndex(([, found]) => found === version);
  if (index < 0) return undefined;
  const { 0: line, 2: date, index: start } = headings[index];
  return { date, text: changelog.slice(start + line.length, headings[index + 1]?.index).trim() };
}

/** CHANGELOG.md with the date of a version that was unreleased. */
export const datedChangelog = (changelog, version, date) =>
  changelog.replace(`## [${version}] - unreleased`, `## [${version}] - ${date}`);

/**
 * Why no release of `version` can be made, in words; empty where one can.
 * @param state `current`: the version of package.json; `changes`: what git calls changed; `tags`: those there are;
 *   `changelog`: the text of CHANGELOG.md; `addresses`: those of project.json
 */
export function refusals(version, { current, changes, tags, changelog, addresses }) {
  const entry = changelogEntry(changelog, version);
  const placeholders = placeholdersIn(addresses);
  const changed = changes.split('\n').filter(line => line !== '');
  return [
    ...(compareVersions(version, current) < 0
      ? [`${version} comes before ${current}, which package.json has.`]
      : []),
    ...(tags.includes(`v${version}`) ? [`There is a tag v${version} already.`] : []),
    ...(changed.length > 0
      ? [`The checkout has changes that are not committed: ${changed.map(line => line.trim()).join(', ')}.`]
      : []),
    ...(placeholders.length > 0
      ? [`project.json has a placeholder for ${placeholders.join(' and ')}: write the real address.`]
      : []),
    ...(!entry
      ? [`CHANGELOG.md has no entry for ${version}: it begins with "## [${version}] - unreleased".`]
      : entry.text.replace(/^#.*$/gm, '').trim() === ''
        ? [`The entry for ${version} in CHANGELOG.md is empty.`]
        : []),
  ];
}

/** A package.json or package-lock.json of another version, its layout kept. */
export function withVersion(text, version) {
  const value = JSON.parse(text);
  value.version = version;
  if (value.packages?.['']) value.packages[''].version = version;
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** Checksums as `sha256sum --check` reads them. */
export const checksums = files =>
  files
    .map(file => {
      const hash = createHash('sha256').update(readFileSync(file)).digest('hex');
      return `${hash}  ${path.basename(file)}\n`;
    })
    .join('');

/**
 * A CycloneDX bill of materials of what ships, out of the one that npm writes of everything that is installed.
 * Bundled packages count as development dependencies for npm, so its own choice would leave out most of the product.
 * @param bill npm's, parsed
 * @param product `name`, `version` and `description` of the product
 * @param shipped `name` and `version` of each package that ships
 * @throws Error naming those that npm's bill does not have
 */
export function shippedBill(bill, product, shipped) {
  const wanted = new Set(shipped.map(({ name, version }) => `${name}@${version}`));
  const components = bill.components
    .filter(({ name, version }) => wanted.delete(`${name}@${version}`))
    .map(component => ({
      ...component,
      scope: 'required',
      properties: component.properties?.filter(({ name }) => name !== 'cdx:npm:package:development') ?? [],
    }));
  if (wanted.size > 0)
    throw new Error(
      `package-lock.json does not have what is installed: ${[...wanted].join(', ')}; run npm ci`,
    );
  const root = `${product.name}@${product.version}`;
  const references = new Set(components.map(component => component['bom-ref']));
  return {
    ...bill,
    metadata: {
      ...bill.metadata,
      component: {
        ...bill.metadata.component,
        'bom-ref': root,
        type: 'application',
        name: product.name,
        version: product.version,
        description: product.description,
        purl: `pkg:npm/${root}`,
        properties: [],
      },
    },
    components,
    dependencies: [
      { ref: root, dependsOn: [...references] },
      ...bill.dependencies
        .filter(({ ref }) => references.has(ref))
        .map(({ ref, dependsOn = [] }) => ({
          ref,
          dependsOn: dependsOn.filter(other => references.has(other)),
        })),
    ],
  };
}
