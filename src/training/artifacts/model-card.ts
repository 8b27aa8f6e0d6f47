import { seedFrom } from '../../common/random';
import type { InputColumn, InputPreprocessing, LabelEncoding } from '../../data';
import type { Predictions, TrialResult } from '../../protocol/job-files';
import { shortened } from '../../common/visible-text';
import { reasonText, useText } from '../../messages/input-messages';
import { escape } from '../../messages/markdown';
import { METRICS, drawResamples, scorer } from '../metrics';
import { SCRIPT } from './predict-script';

const COVERAGE = 0.95;

/** The interval of a metric over test examples drawn again (percentile bootstrap, Efron 1979): from and to. */
function metricInterval(test: Predictions, name: string): readonly [number, number] | undefined {
  const metric = METRICS[test.kind].find(each => each === name);
  if (metric === undefined) return undefined;
  const score = scorer(test, metric);
  const values = drawResamples(test.labels.length, seedFrom('interval'))
    .map(score)
    .filter(value => !Number.isNaN(value))
    .sort((a, b) => a - b);
  const at = (share: number): number | undefined => values[Math.round(share * (values.length - 1))];
  const [low, high] = [at((1 - COVERAGE) / 2), at((1 + COVERAGE) / 2)];
  return low === undefined || high === undefined ? undefined : [low, high];
}

/** What a model card tells of a trained network. */
export interface CardFacts {
  readonly task: string;
  readonly strategy: string;
  readonly sources: readonly string[];
  readonly datasets: readonly string[];
  readonly label: LabelEncoding;
  readonly input: InputPreprocessing;
  /** What becomes of the columns of the target's table. */
  readonly columns?: readonly InputColumn[];
  readonly shape: readonly number[];
  readonly result: Pick<
    TrialResult,
    'examples' | 'metrics' | 'chosen' | 'trees' | 'strength' | 'numParams' | 'warnings'
  >;
  readonly test: Predictions;
  readonly seed: number;
}

/** A model card in Markdown, with the sections that Mitchell et al. 2019 ask for and that can be filled from facts. */
export function modelCard(facts: CardFacts): string {
  const { task, datasets, strategy, sources, result, shape, input, seed } = facts;
  const { examples } = result;
  return `# ${named(task)}

Predicts ${labelText(facts.label)} from ${inputText(input, shape)}.

${inputSection(facts)}## Training
- Data: ${datasets.map(named).join(', ')}; ${examples.train} examples for training, ${examples.validation} for validation
- Strategy: ${strategy}${sources.length > 0 ? ` from ${sources.map(named).join(', ')}` : ''}
- ${chosenText(result)}, seed ${seed}

## Results
On ${examples.test} test examples that were not used for any selection. The interval (95 %, bootstrap) reflects the sampling of test examples, not the variation between training runs.

| metric | value | interval |
| --- | ---: | ---: |
${metricRows(facts)}

## Use
\`model.onnx\` takes ${takenText(input, shape)}, preprocessed as described in \`preprocessing.json\`, and returns ${outputText(facts.label)}. \`${SCRIPT}\` does all of this.

## Limits
- It was measured on data like its training data; on data from elsewhere, expect less.
${limits(facts)}`;
}

/** The inputs of the file; those of a checkpoint keep their names. */
function takenText(input: InputPreprocessing, shape: readonly number[]): string {
  if (input.kind !== 'checkpoint')
    return `\`inputs\`, ${input.kind === 'text' ? '32-bit integers' : '32-bit floats'} [1${shape.map(axis => `, ${axis}`).join('')}]`;
  const { network } = input;
  const names = network.kind === 'tokens' ? [network.ids, network.mask, network.types] : [network.name];
  return names.flatMap(name => (name === undefined ? [] : [`\`${named(name)}\``])).join(', ');
}

function chosenText({ trees, chosen, strength, numParams }: CardFacts['result']): string {
  if (strength !== undefined)
    return `${numParams ?? 0} parameters, of which those of a linear head are trained (logistic or ridge regression, inverse penalty ${strength})`;
  return trees
    ? `${trees.count} trees of at most ${trees.leaves} leaves, ${numParams ?? 0} nodes in all`
    : `${numParams ?? 0} parameters; learning rate ${chosen?.learningRate ?? 0}, weights of step ${chosen?.steps ?? 0}`;
}

/** Longer names are cut: a class may be a whole text. */
const MOST_OF_A_NAME = 200;

/** A name that the data or an annotation gave, which forges no heading, row or link of the card. */
function named(name: string): string {
  return escape(shortened(name, MOST_OF_A_NAME));
}

/** Columns that a card lists. */
const MOST_COLUMNS = 200;

/** Which columns are the input and how they are encoded, and which are not used and why. */
function inputSection({ columns = [] }: CardFacts): string {
  if (columns.length === 0) return '';
  const shown = columns.slice(0, MOST_COLUMNS).map(column => {
    const what = column.use === 'none' ? `not used: ${reasonText(column)}` : useText(column);
    return `| ${named(column.name)} | ${what} |\n`;
  });
  const rest = columns.length - shown.length;
  return `## Inputs
| column | use |
| --- | --- |
${shown.join('')}${rest > 0 ? `| … | ${rest} more columns |\n` : ''}
`;
}

function labelText(label: LabelEncoding): string {
  switch (label.kind) {
    case 'class': {
      const shown = label.classes.slice(0, 20).map(named).join(', ');
      return `one of ${label.classes.length} classes (${shown}${label.classes.length > 20 ? ', …' : ''})`;
    }
    case 'binary':
      return `whether it is ${named(label.positive)}`;
    case 'real':
      return `a number (${named(label.column)})`;
  }
}

const NETWORK_INPUTS = {
  pixels: 'an image',
  tokens: 'a text',
  mels: 'a recording',
  wave: 'a recording',
} as const;

function inputText(input: InputPreprocessing, shape: readonly number[]): string {
  switch (input.kind) {
    case 'checkpoint':
      return `${NETWORK_INPUTS[input.network.kind]}, of which the encoder of the checkpoint ${named(input.file)} makes ${input.width} features`;
    case 'columns':
      return `${input.columns.length} columns of a table`;
    case 'vector':
      return `an array of ${shape.join('×')}`;
    case 'image':
      return `an image, read at ${input.height}×${input.width} with ${input.channels} channels`;
    case 'audio':
      return `a recording at ${input.parameters.sampleRate} Hz, ${input.frames} frames of ${input.parameters.bands} log-mel bands`;
    case 'text':
      return `a text, up to ${input.length} words of a vocabulary of ${input.vocabulary.length}`;
  }
}

function outputText(label: LabelEncoding): string {
  switch (label.kind) {
    case 'class':
      return 'a probability for each class, in the order of `preprocessing.json`';
    case 'binary':
      return `the probability of ${named(label.positive)}`;
    case 'real':
      return 'the standardised number: times the deviation, plus the mean in `preprocessing.json`';
  }
}

function metricRows({ result, test }: CardFacts): string {
  return Object.entries(result.metrics)
    .map(([name, value]) => {
      const interval = metricInterval(test, name);
      const range = interval ? `${interval[0].toPrecision(3)} to ${interval[1].toPrecision(3)}` : '';
      return `| ${named(name)} | ${value.toPrecision(3)} | ${range} |`;
    })
    .join('\n');
}

/** Fewer test examples than this make a metric coarse. */
const FEW_TESTS = 100;

function limits({ result, label, test }: CardFacts): string {
  const { examples, warnings } = result;
  const rare = label.kind === 'class' ? rareClasses(label.classes, test.labels) : [];
  return [
    ...(examples.test < FEW_TESTS ? [`Only ${examples.test} test examples: the metrics are coarse.`] : []),
    ...(rare.length > 0 ? [`Fewer than 10 test examples of: ${rare.map(named).join(', ')}.`] : []),
    ...(label.kind === 'class' ? ['It always predicts one of its classes, even for unrelated inputs.'] : []),
    ...warnings.map(escape),
  ]
    .map(line => `- ${line}\n`)
    .join('');
}

function rareClasses(classes: readonly string[], labels: readonly number[]): readonly string[] {
  return classes.filter((_, i) => labels.filter(label => label === i).length < 10);
}
