import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { schemaFiles } from '../../../scripts/lib/json-schemas';
import { root } from '../../vscode/paths';
import manifest from '../../../package.json';
import texts from '../../../package.nls.json';
import { activationEvents, languageModelTools, settingProperties } from '../../../scripts/lib/manifest';
import { CONTRIBUTED_COMMANDS } from '../../../src/extension/contributions';

const { commands, configuration } = manifest.contributes;

describe('the manifest', () => {
  it('has the commands of the table, no more and no fewer', () => {
    const promised = commands.map(({ command }) => command).sort();
    assert.deepEqual(promised, Object.values(CONTRIBUTED_COMMANDS).sort());
  });

  it('has the settings of their schemas, with types and defaults (else run `npm run manifest`)', () => {
    assert.deepEqual(configuration.properties, settingProperties());
  });

  it('starts the extension for every language that is known (else run `npm run manifest`)', () => {
    assert.deepEqual(manifest.activationEvents, activationEvents());
  });

  it('offers the tools of the table to language models (else run `npm run manifest`)', () => {
    assert.deepEqual(manifest.contributes.languageModelTools, languageModelTools());
    // VS Code leaves out tools whose names have other characters.
    for (const { name, toolReferenceName } of manifest.contributes.languageModelTools)
      assert.match(`${name}${toolReferenceName}`, /^[\w-]+$/);
  });

  it('comes with the JSON schemas of what programs read (else run `npm run manifest`)', () => {
    const folder = path.join(root, 'schemas');
    const files = readdirSync(folder).map(name => [
      name,
      JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as unknown,
    ]);
    // What undefined stands for in an object is nothing in JSON.
    assert.deepEqual(Object.fromEntries(files), JSON.parse(JSON.stringify(schemaFiles())));
  });

  it('finds a text in package.nls.json for every key, and has a use for every text', () => {
    const keys = [...JSON.stringify(manifest).matchAll(/"%([^"%]+)%"/g)].map(([, key]) => key).sort();
    assert.deepEqual(keys, Object.keys(texts).sort());
    const empty = Object.entries(texts).filter(([, text]) => text.trim() === '');
    assert.deepEqual(empty, []);
  });

  it('names an existing grammar file for every grammar, each injected somewhere', () => {
    for (const { path, injectTo, scopeName } of manifest.contributes.grammars) {
      assert.match(path, /^\.\/syntaxes\/.+\.json$/);
      assert.match(scopeName, /^strategy-advisor\.injection/);
      assert.ok(injectTo.length > 0);
    }
  });
});
