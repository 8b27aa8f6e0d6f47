// The addresses of project.json, the one file that has them.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

export const addresses = JSON.parse(readFileSync(path.join(root, 'project.json'), 'utf8'));

const hostOf = address => (URL.canParse(address) ? new URL(address).hostname : address.split('@').at(-1));

/** Those that are not real yet: no name can ever be registered under `invalid` (RFC 2606). */
export const placeholdersIn = ({ repository, contact }) =>
  Object.entries({ repository, contact }).flatMap(([name, value]) =>
    typeof value !== 'string' || /(?:^|\.)invalid$/.test(hostOf(value)) ? [name] : [],
  );

/** What package.json says of them. */
export const manifestAddresses = ({ repository }) => ({
  homepage: `${repository}#readme`,
  repository: { type: 'git', url: `${repository}.git` },
  bugs: { url: `${repository}/issues` },
});
