import assert from 'node:assert/strict';
import manifest from '../../../package.json';
import type { RunSummary } from '../../../src/experiments';
import {
  type CountedDatasetSize,
  type OverviewItem,
  problemItems,
  runItems,
} from '../../../src/extension/features/overview/overview-items';
import { type Resolution, resolve } from '../../../src/extension/project/project-resolution';
import { annotationsOf, parseText } from '../../../src/language/annotated-text';
import type { Annotation } from '../../../src/language/annotation-model';

function resolutionOf(...lines: readonly string[]): Resolution {
  const text = lines.map(line => `# ${line}`).join('\n');
  const annotations: readonly Annotation[] = annotationsOf(parseText(text, 'python'));
  return resolve([{ name: 'train.py', uri: 'file:///train.py', annotations, diagnostics: [] }], {});
}

/** Every line as the view has it, deeper ones indented. */
function drawn(items: readonly OverviewItem[], depth = 0): string[] {
  return items.flatMap(item => [
    `${'  '.repeat(depth)}${item.kind} ${item.label}${item.description === undefined ? '' : ` | ${item.description}`}`,
    ...drawn(item.children?.() ?? [], depth + 1),
  ]);
}

function ids(items: readonly OverviewItem[]): string[] {
  return items.flatMap(item => [item.id, ...ids(item.children?.() ?? [])]);
}

const none = (): undefined => undefined;

describe('the lines of the overview', () => {
  it('say the advice on a target, and open to its conditions', () => {
    const items = problemItems(
      'scope',
      resolutionOf(
        '@dataset imagenet task=object-recognition input=image:224x224x3 num_examples=1.28M',
        '@dataset films task=pneumonia input=image:224x224x3 num_examples=5k',
        '@task pneumonia target shares_features_with=object-recognition',
      ),
      none,
    );
    const lines = drawn(items);
    assert.ok(lines.includes('  target pneumonia | transfer learning from object-recognition'));
    assert.ok(lines.filter(line => line.startsWith('    condition')).length >= 3);
    assert.ok(lines.includes('  pathlessDataset films | 5,000 examples stated'));
    assert.deepEqual(
      items.map(({ kind, description }) => `${kind} ${description}`),
      ['targets 1', 'datasets 2'],
    );
  });

  it('offer to open the data of those datasets alone that name a path', () => {
    const items = problemItems(
      'scope',
      resolutionOf('@dataset a task=t num_examples=5k', '@dataset b task=t num_examples=5k path=b.csv'),
      none,
    );
    const when = manifest.contributes.menus['view/item/context']
      .filter(({ command }) => command === 'strategyAdvisor.openData')
      .map(each => new RegExp(/viewItem =~ \/(.+)\//.exec(each.when)?.[1] ?? '^$'));
    const offered = items
      .flatMap(({ children }) => children?.() ?? [])
      .filter(({ kind }) => when.some(pattern => pattern.test(kind)));
    assert.ok(when.length > 0);
    assert.deepEqual(
      offered.map(({ label }) => label),
      ['b'],
    );
  });

  it('lead to their annotations, and are unique', () => {
    const items = problemItems(
      'scope',
      resolutionOf(
        '@dataset a task=one,two num_examples=5k',
        '@dataset b task=one num_examples=7k',
        '@pipeline words: audio -> phonemes -> words',
      ),
      none,
    );
    const leaves = items.flatMap(({ children }) => children?.() ?? []);
    assert.ok(leaves.every(({ reference }) => reference?.file === 'train.py'));
    const all = ids(items);
    assert.equal(new Set(all).size, all.length);
  });

  it('show a pipeline with its stages: advised, engineered, or without data', () => {
    const items = problemItems(
      'scope',
      resolutionOf(
        '@pipeline words: audio -> phonemes -> letters -> words engineered=phonemes->letters',
        '@dataset spelled task=audio->phonemes input=audio num_examples=1000 unit=hours',
      ),
      none,
    );
    const lines = drawn(items);
    assert.ok(lines.includes('  pipeline words | audio → phonemes → letters → words'));
    assert.ok(lines.some(line => /stage audio → phonemes \| single-task training/.test(line)));
    assert.ok(lines.includes('    stage phonemes → letters | engineered: needs no data'));
    assert.ok(lines.includes('    stage letters → words | no annotated data'));
  });

  it('offer to update a size that is stale, and no other', () => {
    const found = (isStale: boolean): CountedDatasetSize => ({
      value: 4321,
      unit: 'examples',
      from: 'a.csv',
      isStale,
    });
    const resolution = resolutionOf('@dataset a task=one num_examples=5k path=a.csv');
    for (const isStale of [true, false]) {
      const [, datasets] = problemItems('scope', resolution, () => found(isStale));
      const [dataset] = datasets?.children?.() ?? [];
      assert.equal(dataset?.kind, isStale ? 'staleDataset' : 'dataset');
      assert.equal(dataset.description, '5,000 examples stated · 4,321 examples counted');
    }
  });

  it('are none where nothing is annotated', () => {
    assert.deepEqual(problemItems('scope', resolutionOf(), none), []);
    assert.deepEqual(runItems('scope', []), []);
  });

  it('offer what fits the state of a run: to stop it, to resume it, to look at it', () => {
    const run = (state: string): RunSummary =>
      ({
        ...{ id: state, folder: `/runs/${state}`, kind: 'pilot', task: 'prime', state },
        ...{ started: '2026-01-01T00:00:00Z' },
      }) as unknown as RunSummary;
    const states = ['running', 'finished', 'stopped', 'interrupted', 'failed'];
    const [group] = runItems('scope', states.map(run));
    const lines = group?.children?.() ?? [];
    assert.deepEqual(
      lines.map(({ kind }) => kind),
      ['liveRun', 'run', 'openRun', 'openRun', 'run'],
    );
    assert.ok(lines.every(({ run: folder, label }) => folder !== undefined && label === 'Pilot of prime'));
    const [many] = runItems(
      'scope',
      Array.from({ length: 200 }, (_, i) => run(`finished${i}`)),
    );
    assert.equal(many?.description, '200');
    assert.equal(many.children?.().length, 50);
  });
});
