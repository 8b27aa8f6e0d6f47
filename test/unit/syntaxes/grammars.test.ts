import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ROOT, highlighted, tokenize } from './tokenizer';

interface Pattern {
  readonly begin?: string;
  readonly end?: string;
}
interface Grammar {
  readonly scopeName: string;
  readonly injectionSelector: string;
  readonly patterns: readonly Pattern[];
}
interface Contribution {
  readonly scopeName: string;
  readonly path: string;
  readonly injectTo?: readonly string[];
}

const FOLDER = path.join(ROOT, 'syntaxes');
const grammars = readdirSync(FOLDER).map(name => ({
  file: name,
  grammar: JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8')) as Grammar,
}));
const lineGrammars = grammars.filter(({ grammar }) => grammar.scopeName.includes('.line.'));

/** Every key of the language, with a value, by directive. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  'dataset x': [
    'task=a',
    'input=text',
    'num_examples=5',
    'size=5',
    'unit=hours',
    'splits=train:5',
    'labels_present=5%',
    'label=a',
    'positive=a',
    'path=a',
    'features=a',
    'ignore=a',
    'group=a',
    'time=a',
    'sensor=a',
    'checkpoint=a',
    'instances_per_example=5',
    'source_datasets=a',
  ],
  'task x': [
    'category=a',
    'task_categories=a',
    'input=text',
    'output=box',
    'metric=a',
    'shares_features_with=a',
    'num_params=5',
    'train=a',
    'checkpoint=a',
    'model=a',
  ],
  'pipeline x': ['engineered=a->b', 'modules=a->b:sum'],
};

function contributions(): readonly Contribution[] | undefined {
  const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    contributes?: { grammars?: readonly Contribution[] };
  };
  return manifest.contributes?.grammars;
}

describe('the annotation grammars', () => {
  it('know every key of the language, alone or with space around its =', async () => {
    for (const [head, pairs] of Object.entries(KEYS))
      for (const pair of pairs)
        for (const text of [`# @${head} ${pair}`, `# @${head} ${pair.replace('=', ' = ')}`]) {
          const [tokens = []] = await tokenize('source.python', text);
          const key = pair.slice(0, pair.indexOf('='));
          const expected = `${text.indexOf(pair.slice(0, key.length), head.length + 3)} ${key} support.type.property-name`;
          const pieces = highlighted(tokens);
          assert.ok(pieces.includes(expected), `${text}: ${pieces.join(' | ')}`);
          const value = pieces.at(-1) ?? '';
          assert.ok(!/assignment|property-name/.test(value), `${text}: the value is highlighted`);
        }
  });

  it('for line comments differ in nothing but the leader', () => {
    const withoutLeader = (pattern: Pattern) => pattern.begin?.replace(/^.*?(?=\(\[ \\t\]\*\+\)\(@)/, '');
    const [first, ...rest] = lineGrammars.map(({ grammar }) => grammar.patterns.map(withoutLeader));
    assert.ok(first?.every(begin => begin?.startsWith('([ \\t]*+)(@')));
    for (const begins of rest) assert.deepEqual(begins, first);
  });

  const contributed = contributions();
  const why = contributed ? '' : ' (skipped: package.json contributes no grammar)';
  (contributed ? it : it.skip)(`are all contributed, each to every scope it selects${why}`, () => {
    for (const { file, grammar } of grammars) {
      const entry = contributed?.find(contribution => path.basename(contribution.path) === file);
      assert.equal(entry?.scopeName, grammar.scopeName, file);
      const into = entry.injectTo ?? [];
      assert.ok(into.length > 0, `${file} goes nowhere`);
      const scopes = /^L:\((source[^)]*)\) -comment/.exec(grammar.injectionSelector)?.[1] ?? '';
      const selected = scopes.split(', ').filter(scope => scope !== '');
      assert.deepEqual(
        selected.filter(scope => !into.includes(scope)),
        [],
        file,
      );
    }
  });
});
