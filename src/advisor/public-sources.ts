// Sources that everybody has: what checkpoints that anyone can load were trained on.
import type { InputSpec, Size } from '../language/annotation-model';
import type { CandidateTask, TargetContext } from './target-context';
import { compareInputs, describeInput } from './input-comparison';
import { inExamples } from './comparison-features';

/** A public data set, as annotations would declare it. */
export interface PublicSource {
  readonly name: string;
  /** What people call it. */
  readonly knownAs: string;
  readonly task: string;
  readonly category: string;
  readonly input: InputSpec;
  readonly size: Size;
  /** The kinds of target that it is for: their category, where the kind of input does not say enough. */
  readonly targets?: RegExp;
}

/** The first that fits is taken. Sizes are those that their papers state. */
export const PUBLIC_SOURCES: readonly PublicSource[] = [
  {
    name: 'coco-2017',
    knownAs: 'COCO',
    task: 'coco-objects',
    category: 'object-detection',
    input: { modality: 'image' },
    size: { value: 118_000, unit: 'examples' },
    targets: /^(?:object-detection|instance-segmentation|keypoint-detection)$/,
  },
  {
    name: 'imagenet-1k',
    knownAs: 'ImageNet',
    task: 'imagenet-classes',
    category: 'image-classification',
    input: { modality: 'image', height: 224, width: 224, channels: 3 },
    size: { value: 1_280_000, unit: 'examples' },
  },
  {
    name: 'kinetics-400',
    knownAs: 'Kinetics-400',
    task: 'kinetics-actions',
    category: 'video-classification',
    input: { modality: 'video' },
    size: { value: 240_000, unit: 'examples' },
  },
  {
    name: 'librispeech',
    knownAs: 'LibriSpeech',
    task: 'english-transcript',
    category: 'automatic-speech-recognition',
    input: { modality: 'audio' },
    size: { value: 960, unit: 'hours' },
    targets: /speech|keyword|speaker/,
  },
  {
    name: 'audioset',
    knownAs: 'AudioSet',
    task: 'audioset-events',
    category: 'audio-classification',
    input: { modality: 'audio' },
    size: { value: 2_000_000, unit: 'examples' },
  },
  {
    name: 'cc25',
    knownAs: 'CC25',
    task: 'denoised-text',
    category: 'fill-mask',
    input: { modality: 'text' },
    size: { value: 237_000_000_000, unit: 'words' },
    targets: /^(?:translation|summari[sz]ation)$/,
  },
  {
    name: 'c4',
    knownAs: 'C4',
    task: 'next-words',
    category: 'text-generation',
    input: { modality: 'text' },
    size: { value: 156_000_000_000, unit: 'tokens' },
    targets: /generation$/,
  },
  {
    name: 'wikipedia-and-books',
    knownAs: 'Wikipedia',
    task: 'masked-words',
    category: 'fill-mask',
    input: { modality: 'text' },
    size: { value: 3_300_000_000, unit: 'words' },
  },
];

/** The public source for a target, by its kind of input and category; nothing for tables and series. */
export function publicSourceFor(facts: TargetContext): PublicSource | undefined {
  const { modality } = facts.input;
  const category = facts.task.category ?? '';
  return PUBLIC_SOURCES.find(
    ({ input, targets }) => input.modality === modality && (targets === undefined || targets.test(category)),
  );
}

/** A public source as if it were annotated, without a place in any file. */
export function asCandidate(facts: TargetContext, source: PublicSource): CandidateTask {
  const { task: name, category, input, size } = source;
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
