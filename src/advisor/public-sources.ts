// Sources that everybody has: what checkpoints that anyone can load were trained on.
import type { PublicSource } from './advice';
import type { Modality, Unit } from '../language/annotation-model';
import type { CandidateTask, TargetContext } from './target-context';
import { compareInputs, describeInput } from './input-comparison';
import { inExamples } from './comparison-features';

function source(
  names: readonly [name: string, knownAs: string, task: string],
  category: string,
  modality: Modality,
  [value, unit]: readonly [value: number, unit: Unit],
  targets?: RegExp,
): PublicSource {
  const [name, knownAs, task] = names;
  return { name, knownAs, task, category, modality, size: { value, unit }, ...(targets ? { targets } : {}) };
}

/** The first that fits is taken. Sizes are those that their papers state. */
export const PUBLIC_SOURCES: readonly PublicSource[] = [
  source(
    ['coco-2017', 'COCO', 'coco-objects'],
    'object-detection',
    'image',
    [118e3, 'examples'],
    /^(?:object|keypoint)-detection|^instance-/,
  ),
  source(['imagenet-1k', 'ImageNet', 'imagenet-classes'], 'image-classification', 'image', [
    1.28e6,
    'examples',
  ]),
  source(['kinetics-400', 'Kinetics-400', 'kinetics-actions'], 'video-classification', 'video', [
    240e3,
    'examples',
  ]),
  source(
    ['librispeech', 'LibriSpeech', 'english-transcript'],
    'automatic-speech-recognition',
    'audio',
    [960, 'hours'],
    /speech|keyword|speaker/,
  ),
  source(['audioset', 'AudioSet', 'audioset-events'], 'audio-classification', 'audio', [2e6, 'examples']),
  source(['c4', 'C4', 'next-words'], 'text-generation', 'text', [156e9, 'tokens'], /generation$/),
  source(['wikipedia-and-books', 'Wikipedia', 'masked-words'], 'fill-mask', 'text', [3.3e9, 'words']),
];

/** The public source for a target, by its kind of input and category; nothing for tables and series. */
export function publicSourceFor(facts: TargetContext): PublicSource | undefined {
  const { modality } = facts.input;
  const category = facts.task.category ?? '';
  return PUBLIC_SOURCES.find(
    source => source.modality === modality && (source.targets?.test(category) ?? true),
  );
}

/** A public source as annotations, without their comments. */
export function sourceAnnotations({ name, task, category, modality, size }: PublicSource): readonly string[] {
  const count = size.value.toLocaleString('en-US', { notation: 'compact', maximumSignificantDigits: 3 });
  const amount = `${count.replace('K', 'k')}${size.unit === 'examples' ? '' : ` unit=${size.unit}`}`;
  return [
    `@dataset ${name} task=${task} input=${modality} num_examples=${amount}`,
    `@task ${task} category=${category}`,
  ];
}

/** Whether a task is that of a public source, under which it would be annotated. */
export function isPublicTask(task: string): boolean {
  return PUBLIC_SOURCES.some(source => source.task === task);
}

/** A public source as if it were annotated, without a place in any file. */
export function asCandidate(facts: TargetContext, source: PublicSource): CandidateTask {
  const { task: name, category, modality, size } = source;
  const input = { modality };
  const own = facts.data.size;
  const comparable = own && inExamples(size) / inExamples({ value: 1, unit: own.unit });
  return {
    task: { name, category, input, reference: facts.task.reference, declared: true, target: false },
    data: { datasets: [], size, incomparable: [] },
    input: compareInputs(facts.input, describeInput({ input, category }, [])),
    features: 'assumed',
    featureEvidence: [],
    sharesExamples: false,
    selfSupervised: /fill-mask|generation$/.test(category),
    comparable,
    ratio: own && comparable !== undefined && own.value > 0 ? comparable / own.value : undefined,
    unitsDiffer: false,
  };
}
