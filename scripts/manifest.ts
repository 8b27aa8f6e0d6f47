// npm run manifest: brings schemas/ and those parts of package.json up to date that follow from the sources.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { schemaFiles } from './lib/json-schemas';
import {
  activationEvents,
  languageModelTools,
  restrictedConfigurations,
  settingProperties,
} from './lib/manifest';
import { addresses, manifestAddresses } from './lib/addresses.mjs';
import { root } from '../test/vscode/paths';

const file = path.join(root, 'package.json');

interface Manifest {
  capabilities: { untrustedWorkspaces: { restrictedConfigurations?: readonly string[] } };
  activationEvents: readonly string[];
  contributes: {
    languageModelTools?: readonly object[];
    configuration: { properties: Record<string, object> };
  };
}

const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
manifest.activationEvents = activationEvents();
manifest.contributes.languageModelTools = languageModelTools();
manifest.contributes.configuration.properties = settingProperties();
manifest.capabilities.untrustedWorkspaces.restrictedConfigurations = restrictedConfigurations();
Object.assign(manifest, manifestAddresses(addresses));
writeFileSync(file, `${JSON.stringify(manifest, undefined, 2)}\n`);

for (const [name, schema] of Object.entries(schemaFiles()))
  writeFileSync(path.join(root, 'schemas', name), `${JSON.stringify(schema, undefined, 2)}\n`);
