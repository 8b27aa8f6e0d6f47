import type { InputSpec, Modality } from '../language/annotation-model';
import type { Dataset, Task } from '../language/learning-problem';
import type { InputDifference, Status } from './advice';

/** What a task's examples look like, as far as the annotations tell. */
export interface InputDescription {
  readonly input?: InputSpec;
  readonly modality?: Modality;
  readonly sensor?: string;
}

/** Whether two tasks have the same kind of input, and if not, in what they differ. */
export interface InputComparison {
  readonly status: Status;
  readonly difference?: InputDifference;
}

const CATEGORY_MODALITIES: readonly (readonly [RegExp, Modality])[] = [
  [/^(?:video)/, 'video'],
  [
    /^(?:image|object-detection|depth|mask|keypoint|zero-shot-(?:image|object)|unconditional-image|semantic-segmentation|instance-segmentation|visual)/,
    'image',
  ],
  [/^(?:audio|automatic-speech|speech|voice|speaker|keyword-spotting)/, 'audio'],
  [
    /^(?:text|token|translation|summari[sz]ation|question|fill-mask|sentence|natural-language|sentiment|zero-shot-classification|multiple-choice|language-model)/,
    'text',
  ],
  [/^(?:tabular|table)/, 'tabular'],
  [/^(?:time-series)/, 'sequence'],
];

/** The input of a task: what it declares, else what its datasets say, else what its category implies. */
export function describeInput(
  task: Pick<Task, 'input' | 'category'>,
  datasets: readonly Dataset[],
): InputDescription {
  const input = task.input ?? datasets.find(dataset => dataset.input)?.input;
  const sensor = datasets.find(dataset => dataset.sensor !== undefined)?.sensor;
  const modality =
    input?.modality ?? CATEGORY_MODALITIES.find(([pattern]) => pattern.test(task.category ?? ''))?.[1];
  return {
    ...(input ? { input } : {}),
    ...(modality ? { modality } : {}),
    ...(sensor === undefined ? {} : { sensor }),
  };
}

/**
 * Sizes may differ; modality, channels, columns, features per frame and sensor may not: another sensor
 * or channel count is another input (He 2018). Sampling rates can be converted, so they do not count.
 */
export function compareInputs(a: InputDescription, b: InputDescription): InputComparison {
  if (!a.modality || !b.modality) return { status: 'unknown', difference: { kind: 'unstated' } };
  if (a.modality !== b.modality)
    return { status: 'unmet', difference: { kind: 'modality', target: a.modality, other: b.modality } };
  if (a.sensor !== undefined && b.sensor !== undefined && a.sensor !== b.sensor)
    return { status: 'unmet', difference: { kind: 'sensor', target: a.sensor, other: b.sensor } };
  const shapes = a.input && b.input ? compareShapes(a.input, b.input) : { status: 'assumed' as const };
  const oneSensor = (a.sensor === undefined) !== (b.sensor === undefined);
  return shapes.status === 'met' && oneSensor ? { status: 'assumed' } : shapes;
}

function compareShapes(a: InputSpec, b: InputSpec): InputComparison {
  if (a.modality === 'image' && b.modality === 'image')
    return compareCounts('channels', a.channels, b.channels);
  if (a.modality === 'tabular' && b.modality === 'tabular') {
    // The same number of columns is a good sign and no proof: they may still mean different things.
    const columns = compareCounts('columns', a.columns, b.columns);
    return columns.status === 'met' ? { status: 'assumed' } : columns;
  }
  if (a.modality === 'sequence' && b.modality === 'sequence')
    return compareCounts('features', a.features, b.features);
  if (
    a.modality === 'audio' &&
    b.modality === 'audio' &&
    a.sampleRate !== undefined &&
    b.sampleRate !== undefined &&
    a.sampleRate !== b.sampleRate
  )
    return {
      status: 'assumed',
      difference: { kind: 'sample-rate', target: a.sampleRate, other: b.sampleRate },
    };
  return { status: 'met' };
}

function compareCounts(
  kind: 'channels' | 'columns' | 'features',
  a: number | undefined,
  b: number | undefined,
): InputComparison {
  if (a === undefined || b === undefined) return { status: 'assumed' };
  return a === b ? { status: 'met' } : { status: 'unmet', difference: { kind, target: a, other: b } };
}
