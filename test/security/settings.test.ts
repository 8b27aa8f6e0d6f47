import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { SECTION, SETTINGS } from '../../src/protocol/settings';

const root = path.join(import.meta.dirname, '../..');

interface Manifest {
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly configuration: { readonly properties: Record<string, { scope: string }> };
  };
}

const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest;

/** The files of the extension that take part in running something: they start processes, or make what those get. */
function filesThatRun(): string[] {
  const sources = readdirSync(path.join(root, 'src/extension'), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts'))
    .map(file => path.join(root, 'src/extension', file));
  return sources.filter(file =>
    /from 'node:child_process'|RunnerRequest|\bfork\(|\bspawn\(|\bexecFile\(|createTerminal|executeTask|ShellExecution/.test(
      readFileSync(file, 'utf8'),
    ),
  );
}

describe('settings that lead to execution', () => {
  const used = filesThatRun().flatMap(file =>
    Array.from(
      readFileSync(file, 'utf8').matchAll(
        /settings\s*\.get\(\s*'([\w.]+)'|getConfiguration\([^)]*\)[^;]*'([\w.]+)'/g,
      ),
      ([, name, other]) => `${SECTION}.${name ?? other ?? ''}`,
    ),
  );

  it('are all restricted in untrusted workspaces, and no others', () => {
    assert.ok(filesThatRun().length >= 2);
    const expected = [...new Set(used)].sort();
    assert.ok(expected.length >= 2, expected.join());
    assert.deepEqual(
      [...manifest.capabilities.untrustedWorkspaces.restrictedConfigurations].sort(),
      expected,
    );
  });

  it('are read by their names, so that none is missed', () => {
    for (const file of filesThatRun())
      assert.doesNotMatch(readFileSync(file, 'utf8'), /settings\s*\.get\(\s*[^'\s]/, file);
  });

  it('cannot name options of Slurm in a workspace at all', () => {
    assert.equal(SETTINGS['pilots.slurmOptions'].scope, 'machine');
    const { scope } = manifest.contributes.configuration.properties[`${SECTION}.pilots.slurmOptions`] ?? {};
    assert.equal(scope, 'machine');
  });
});
