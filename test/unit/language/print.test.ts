import assert from 'node:assert/strict';
import fc from 'fast-check';
import { annotationsOf, parseText } from '../../../src/language/annotated-text';
import {
  printDataset,
  printPipeline,
  printProblem,
  printTask,
} from '../../../src/language/annotation-printer';
import type { Problem } from '../../../src/language/learning-problem';
import { resolveProblem } from '../../../src/language/resolve-problem';
import { problem } from './arbitraries';
import { resolve } from './support';

type Stated = Pick<Problem, 'datasets' | 'tasks' | 'pipelines'>;

/** What a text states, without where, and without what is only inferred. */
function stated(text: string, language: string): Stated {
  const { datasets, tasks, pipelines } = resolveProblem([
    { file: '', annotations: annotationsOf(parseText(text, language)) },
  ]);
  return withoutPlaces({ datasets, tasks: tasks.filter(({ declared }) => declared), pipelines });
}

function withoutPlaces({ datasets, tasks, pipelines }: Stated): Stated {
  const range = { start: { line: 0, column: 0 }, end: { line: 0, column: 0 } };
  const nowhere = { reference: { file: '', range } };
  return {
    datasets: datasets.map(each => ({ ...each, ...nowhere })),
    tasks: tasks.map(each => ({ ...each, ...nowhere })),
    pipelines: pipelines.map(each => ({ ...each, ...nowhere })),
  };
}

function identityIn(language: string, before: string, after: string, closer?: string): void {
  fc.assert(
    fc.property(problem, generated => {
      // What is generated has no prototypes; a clone is made of plain objects.
      const model = structuredClone(generated);
      const lines = printProblem({ ...model, diagnostics: [] });
      fc.pre(closer === undefined || !lines.some(line => line.includes(closer)));
      const text = lines.map(line => `${before}${line}${after}`).join('\n');
      const { diagnostics } = parsed(text, language);
      assert.deepEqual(diagnostics, [], text);
      assert.deepEqual(stated(text, language), withoutPlaces(model), text);
    }),
    { numRuns: 400 },
  );
}

/** Only of what a reader may not write: categories that look like slips of known ones are hints. */
function parsed(text: string, language: string): { readonly diagnostics: readonly string[] } {
  const all = annotationsOf(parseText(text, language)).flatMap(({ diagnostics }) => diagnostics);
  return { diagnostics: all.filter(({ severity }) => severity !== 'hint').map(({ code }) => code) };
}

describe('printing', () => {
  it('and reading back is the identity, in line comments', () => {
    identityIn('python', '# ', '');
  });
  it('and reading back is the identity, behind code', () => {
    identityIn('rust', 'let x = 1; // ', '');
  });
  it('and reading back is the identity, in block comments', () => {
    identityIn('c', '/* ', ' */', '*/');
  });
  it('and reading back is the identity, in HTML comments', () => {
    identityIn('html', '<!-- ', ' -->', '-->');
  });

  it('writes as a person would', () => {
    const lines = [
      '@dataset chest-xray task=pneumonia input=image:224x224x1 num_examples=5k path=data/xray',
      '@dataset calls task=audio->transcript input=audio num_examples=300 unit=hours',
      '@dataset road task=pedestrian,car splits=train:80k,test:20k labels_present=pedestrian:100%,car:80%',
      '@task pneumonia target category=image-classification shares_features_with=object-recognition num_params=25M',
      '@pipeline transcript: audio -> phonemes -> transcript engineered=phonemes->transcript',
    ];
    const { datasets, tasks, pipelines } = resolve({ 'a.py': lines.map(line => `# ${line}`).join('\n') });
    assert.deepEqual(
      [
        ...datasets.map(printDataset),
        ...tasks.filter(({ declared }) => declared).map(printTask),
        ...pipelines.map(printPipeline),
      ],
      lines,
    );
  });
});
