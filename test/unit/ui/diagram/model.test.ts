import assert from 'node:assert/strict';
import { advise } from '../../../../src/advisor/advisor';
import type { Problem } from '../../../../src/language/learning-problem';
import { type Diagram, diagramOf } from '../../../../src/ui/diagram/problem-diagram';
import { problemOf } from '../../advisor/helpers';

function draw(...lines: readonly string[]): Diagram {
  return drawProblem(problemOf(...lines));
}

function drawProblem(problem: Problem): Diagram {
  const advice = advise(problem);
  return diagramOf(problem, ({ name }) => advice.filter(({ task }) => task === name));
}

/** "data a -> b", sorted. */
function edgesOf({ graph }: Diagram): string[] {
  const names = new Map(graph.nodes.map(({ id, name }) => [id, name]));
  return graph.edges.map(({ kind, from, to }) => `${kind}: ${names.get(from)} > ${names.get(to)}`).sort();
}

const nodesOf = ({ graph }: Diagram): string[] => graph.nodes.map(({ kind, name }) => `${kind} ${name}`);

const RADIOLOGY = [
  '@dataset imagenet task=object-recognition input=image:224x224x3 num_examples=1.28M',
  '@dataset chest-xray task=pneumonia input=image:224x224x3 num_examples=5k',
  '@task pneumonia target category=image-classification shares_features_with=object-recognition',
];

describe('the diagram of a problem', () => {
  it('has tasks and datasets, what has labels for what, and where the signal comes from', () => {
    const diagram = draw(...RADIOLOGY);
    assert.deepEqual(nodesOf(diagram).sort(), [
      'dataset chest-xray',
      'dataset imagenet',
      'target pneumonia',
      'task object-recognition',
    ]);
    assert.deepEqual(edgesOf(diagram), [
      'data: chest-xray > pneumonia',
      'data: imagenet > object-recognition',
      'shares: pneumonia > object-recognition',
      'transfer: object-recognition > pneumonia',
    ]);
  });

  it('says of a target what is recommended and how sure that is, and of a dataset its size', () => {
    const { nodes } = draw(...RADIOLOGY).graph;
    const target = nodes.find(({ kind }) => kind === 'target');
    assert.deepEqual(target?.details, ['transfer learning', 'high confidence']);
    assert.equal(target.strategy, 'transfer');
    assert.deepEqual(nodes.find(({ name }) => name === 'imagenet')?.details, ['1.28M examples']);
    assert.deepEqual(draw('@dataset films task=genre path=films').graph.nodes[1]?.details, [
      'size not stated',
    ]);
  });

  it('leads through the stages of a pipeline to its task', () => {
    const diagram = draw(
      '@pipeline transcript: audio -> phonemes -> words -> transcript engineered=words->transcript',
      '@dataset calls task=audio->transcript input=audio num_examples=300 unit=hours',
      '@dataset spelled task=audio->phonemes input=audio num_examples=1000 unit=hours',
      '@dataset both task=audio->words input=audio num_examples=50 unit=hours',
    );
    assert.deepEqual(edgesOf(diagram), [
      // The whole mapping is what the task is about; two stages that one dataset spans have it in common.
      'data: both > audio → phonemes',
      'data: both > phonemes → words',
      'data: calls > transcript',
      'data: spelled > audio → phonemes',
      'multitask: phonemes → words > audio → phonemes',
      'multitask: transcript > audio → phonemes',
      'stage: audio → phonemes > phonemes → words',
      'stage: phonemes → words > words → transcript',
      'stage: words → transcript > transcript',
    ]);
    assert.ok(nodesOf(diagram).includes('engineered words → transcript'));
  });

  it('draws tasks that are learned together once, whichever of them asks', () => {
    const diagram = draw(
      '@dataset road task=pedestrian,car,sign input=image:224x224x3 num_examples=5k labels_present=pedestrian:100%,car:80%,sign:60%',
      '@task pedestrian target shares_features_with=car,sign num_params=25M',
      '@task car target shares_features_with=pedestrian,sign num_params=25M',
    );
    const pairs = edgesOf(diagram).filter(edge => edge.startsWith('shares'));
    assert.equal(pairs.length, 3);
    const [, share] = diagram.graph.edges.filter(({ kind }) => kind === 'data');
    assert.equal(share?.label, '80%');
    assert.match(share.text, /road has labels for car on 80% of its examples/);
  });

  it('leads from a dataset to what was made of it', () => {
    const diagram = draw(
      '@dataset raw task=a num_examples=5k',
      '@dataset clean task=a num_examples=4k source_datasets=raw,elsewhere',
    );
    assert.ok(edgesOf(diagram).includes('source: raw > clean'));
  });

  it('knows where each node is annotated', () => {
    const { graph, references } = draw(...RADIOLOGY);
    assert.equal(references.size, graph.nodes.length);
    assert.equal(references.get('task pneumonia')?.range.start.line, 2);
    assert.equal(references.get('dataset imagenet')?.range.start.line, 0);
  });

  it('is empty where nothing is annotated', () => {
    assert.deepEqual(draw().graph, { nodes: [], edges: [] });
  });

  it('takes names as they are', () => {
    const reference = { file: 'a.py', range: { start: { line: 0, column: 0 }, end: { line: 0, column: 1 } } };
    const names = ['<script>alert(1)</script>', 'שלום', '__proto__', 'a'.repeat(100_000)];
    const problem: Problem = {
      tasks: names.map(name => ({ name, reference, declared: true, target: false })),
      datasets: names.map(name => ({
        ...{ name, reference, tasks: [name], unit: 'examples' as const, numExamples: 5 },
        ...{ labelsPresent: {}, labels: {}, sourceDatasets: [] },
      })),
      pipelines: [],
      diagnostics: [],
    };
    const diagram = drawProblem(problem);
    assert.equal(diagram.graph.nodes.length, 2 * names.length);
    assert.equal(diagram.graph.edges.filter(({ kind }) => kind === 'data').length, names.length);
  });
});
