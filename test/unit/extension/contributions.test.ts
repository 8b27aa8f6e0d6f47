import assert from 'node:assert/strict';
import manifest from '../../../package.json';
import texts from '../../../package.nls.json';
import { activationEvents, languageModelTools, thresholdProperties } from '../../../scripts/lib/manifest';
import { COMMANDS, PILOT_COMMANDS, SECTION, SETTINGS } from '../../../src/extension/contributions';

const { commands, configuration } = manifest.contributes;
const properties: Record<string, { default: unknown; type: string; properties?: object }> =
  configuration.properties;

describe('the manifest', () => {
  it('has the commands of the table, no more and no fewer', () => {
    const promised = commands.map(({ command }) => command).sort();
    assert.deepEqual(promised, Object.values({ ...COMMANDS, ...PILOT_COMMANDS }).sort());
  });

  it('has the settings of the table, with their defaults', () => {
    const promised = Object.fromEntries(
      Object.entries(properties).map(([name, spec]) => [name, spec.default]),
    );
    const expected = Object.fromEntries(
      Object.entries(SETTINGS).map(([name, spec]) => [`${SECTION}.${name}`, spec.default]),
    );
    assert.deepEqual(promised, expected);
  });

  it('offers every threshold with its published value (else run `npm run manifest`)', () => {
    assert.deepEqual(properties['strategyAdvisor.thresholds']?.properties, thresholdProperties());
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

describe('settings', () => {
  it('keep good values', () => {
    assert.deepEqual(SETTINGS['hover.enabled'].read('s', false), { value: false, bad: [] });
    assert.deepEqual(SETTINGS.thresholds.read('s', { ampleImages: 5 }), {
      value: { ampleImages: 5 },
      bad: [],
    });
  });

  it('report a switch that is neither on nor off, and leave it on', () => {
    const { value, bad } = SETTINGS['codeLens.enabled'].read('x.codeLens.enabled', 'yes');
    assert.equal(value, true);
    assert.deepEqual(bad, [{ setting: 'x.codeLens.enabled', value: 'yes', expected: 'boolean' }]);
  });

  it('report bad thresholds one by one, and keep the good', () => {
    const own = {
      ampleImages: 'lots',
      ampleTexts: 7,
      ampleRows: -1,
      dominance: NaN,
      ampleCats: 3,
      toString: 1,
    };
    const { value, bad } = SETTINGS.thresholds.read('x', own);
    assert.deepEqual(value, { ampleTexts: 7 });
    assert.deepEqual(
      bad.map(({ setting, expected }) => [setting, expected]),
      [
        ['x.ampleImages', 'positive number'],
        ['x.ampleRows', 'positive number'],
        ['x.dominance', 'positive number'],
        ['x.ampleCats', 'threshold'],
        ['x.toString', 'threshold'],
      ],
    );
  });

  it('report thresholds that are no object', () => {
    for (const value of [null, [1], 5, 'a'])
      assert.deepEqual(SETTINGS.thresholds.read('x', value), {
        value: {},
        bad: [{ setting: 'x', value, expected: 'object' }],
      });
  });
});
