import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import manifest from '../../../package.json';

const ROOT = path.join(__dirname, '../../..');

interface Launch {
  readonly configurations: readonly {
    readonly name: string;
    readonly type: string;
    readonly program?: string;
    readonly preLaunchTask?: string;
    readonly args?: readonly string[];
    readonly outFiles?: readonly string[];
  }[];
}

interface Tasks {
  readonly tasks: readonly {
    readonly label: string;
    readonly script: string;
    readonly isBackground?: boolean;
    readonly problemMatcher: string | readonly string[] | Watching;
  }[];
}

interface Watching {
  readonly background: { readonly beginsPattern: string; readonly endsPattern: string };
  readonly pattern: readonly { readonly regexp: string }[];
}

/** A file of .vscode/, which may have comments. */
function read(name: string): unknown {
  const text = readFileSync(path.join(ROOT, '.vscode', name), 'utf8');
  const parsed = ts.parseConfigFileTextToJson(name, text);
  assert.equal(parsed.error?.messageText, undefined);
  return parsed.config;
}

const { configurations } = read('launch.json') as Launch;
const { tasks } = read('tasks.json') as Tasks;

describe('.vscode/', () => {
  it('starts only scripts and tasks that there are', () => {
    const scripts = Object.keys(manifest.scripts);
    for (const { label, script } of tasks)
      assert.ok(scripts.includes(script), `${label}: no script ${script}`);
    const labels = tasks.map(({ label }) => label);
    for (const { name, preLaunchTask } of configurations)
      assert.ok(preLaunchTask === undefined || labels.includes(preLaunchTask), `${name}: ${preLaunchTask}`);
  });

  it('names only files that there are, and the command of package.json', () => {
    const inRoot = (value: string): string => value.replace('${workspaceFolder}', ROOT);
    const programs = configurations.flatMap(({ program }) => program ?? []);
    assert.ok(
      programs.map(inRoot).includes(path.join(ROOT, manifest.bin['strategy-advisor'])),
      'the command',
    );
    const built = path.join(ROOT, 'dist');
    const named = configurations
      .flatMap(({ program = '', args = [] }) => [program, ...args])
      .filter(value => value.startsWith('${workspaceFolder}'))
      .map(inRoot);
    for (const file of named.filter(value => !value.startsWith(built)))
      assert.doesNotThrow(() => readFileSync(file), file);
  });

  it('finds the maps of all that is built, as .js or .mjs', () => {
    const host = configurations.find(({ type }) => type === 'extensionHost');
    assert.deepEqual(host?.outFiles, ['${workspaceFolder}/dist/**/*.{js,mjs}']);
  });

  it('waits for lines that the watching build prints', () => {
    const build = readFileSync(path.join(ROOT, 'scripts/build.mjs'), 'utf8');
    const said = [...build.matchAll(/console\.log\('(watch: [^']*)'\)/g)].map(([, text = '']) => text);
    const matcher = tasks.find(task => task.isBackground)?.problemMatcher as Watching;
    for (const expression of [matcher.background.beginsPattern, matcher.background.endsPattern])
      assert.ok(
        said.some(line => new RegExp(expression).test(line)),
        expression,
      );
    const example = '✘ [ERROR] Could not resolve "./x"\n\n    src/a/b.ts:1:17:'.split('\n');
    for (const [index, { regexp }] of matcher.pattern.entries())
      assert.match(example[index] ?? '', new RegExp(regexp));
  });
});
