import type { Size } from '../annotations/model';
import { convert } from '../annotations/units';
import type { Dataset, Task } from '../annotations/problem';
import type { InputFacts } from './inputs';
import type { SourceId } from './sources';
import { THRESHOLDS, type ThresholdName, type Thresholds } from './thresholds';

/** The fields whose published figures a task is judged by. */
export type Domain =
  'images' | 'instances' | 'texts' | 'translation' | 'speech' | 'audio' | 'video' | 'rows' | 'other';

/** Where several things are found in one image; segmentation and depth label the image as a whole. */
const LOCALISATION =
  /^(?:object-detection|zero-shot-object-detection|keypoint-detection|instance-segmentation|pose-estimation)$/;
const SPEECH = /^(?:automatic-speech-recognition|speech-recognition|speech-translation)$/;
const SEQUENCE_TO_SEQUENCE = /^(?:translation|summari[sz]ation)$/;

/** Which published figures apply, by category first and kind of input and output second. */
export function domainOf(
  task: Pick<Task, 'category' | 'output'>,
  input: InputFacts,
  main?: Pick<Dataset, 'instancesPerExample'>,
): Domain {
  const category = task.category ?? '';
  if (SPEECH.test(category)) return 'speech';
  if (SEQUENCE_TO_SEQUENCE.test(category) && input.modality !== 'audio') return 'translation';
  switch (input.modality) {
    case 'image':
      return LOCALISATION.test(category) || task.output?.kind === 'box' || countsInstances(task, main)
        ? 'instances'
        : 'images';
    case 'text':
      return task.output?.kind === 'sequence' ? 'translation' : 'texts';
    case 'audio':
      // A label for a clip takes less than a transcript; where neither is said, assume the harder.
      return isLabel(task) ? 'audio' : 'speech';
    case 'video':
      return 'video';
    case 'tabular':
      return 'rows';
    case 'sequence':
    case undefined:
      return 'other';
    default:
      return input.modality satisfies never;
  }
}

/**
 * The common category of all segmentation, or a task that says nothing of itself, as no stage can:
 * where its dataset counts instances, they are what is found.
 */
function countsInstances(
  { category, output }: Pick<Task, 'category' | 'output'>,
  main?: Pick<Dataset, 'instancesPerExample'>,
): boolean {
  const mayFind = category === 'image-segmentation' || (category === undefined && output === undefined);
  return mayFind && main?.instancesPerExample !== undefined;
}

/** Whether the output is one class, set of labels or number for each input. */
export function isLabel(task: Pick<Task, 'category' | 'output'>): boolean {
  const kind = task.output?.kind;
  return (
    kind === 'class' ||
    kind === 'labels' ||
    kind === 'real' ||
    /classification$|regression$|(?:activity|anomaly|event|keyword)-detection$|^keyword-spotting$/.test(
      task.category ?? '',
    )
  );
}

/** Words in a sentence, to compare figures stated in one with data counted in the other (WMT news text). */
export const WORDS_PER_SENTENCE = 25;
const TOKENS_PER_WORD = 1.3;
const CHARACTERS_PER_WORD = 6;
/** A labelled clip of one second stands for an example where data is counted in hours (Speech Commands). */
const CLIPS_PER_HOUR = 3600;

/** How much own data is ample in a domain, in every unit in which it can be said. */
interface Ample {
  readonly sizes: readonly Size[];
  readonly threshold: ThresholdName;
}

function ampleOf(domain: Domain, t: Thresholds): Ample {
  switch (domain) {
    case 'images':
      return { sizes: [{ value: t.ampleImages, unit: 'examples' }], threshold: 'ampleImages' };
    case 'instances':
      return { sizes: [{ value: t.ampleInstances, unit: 'examples' }], threshold: 'ampleInstances' };
    case 'texts':
      return { sizes: textSizes(t.ampleTexts, 'examples'), threshold: 'ampleTexts' };
    case 'translation':
      return { sizes: textSizes(t.ampleSentencePairs, 'sentences'), threshold: 'ampleSentencePairs' };
    case 'speech':
      return { sizes: audioSizes(t.ampleSpeechHours), threshold: 'ampleSpeechHours' };
    case 'audio':
      return { sizes: clipSizes(t.ampleAudioClips), threshold: 'ampleAudioClips' };
    case 'video':
      return { sizes: [{ value: t.ampleVideoClips, unit: 'examples' }], threshold: 'ampleVideoClips' };
    case 'rows':
      return { sizes: [{ value: t.ampleRows, unit: 'examples' }], threshold: 'ampleRows' };
    case 'other':
      return { sizes: [{ value: t.ampleExamples, unit: 'examples' }], threshold: 'ampleExamples' };
  }
}

/** Text is counted in many ways; one threshold is said in all of them. */
export function textSizes(sentences: number, stated: 'examples' | 'sentences'): Size[] {
  const words = sentences * WORDS_PER_SENTENCE;
  const others: Size[] = [
    { value: words, unit: 'words' },
    { value: words * TOKENS_PER_WORD, unit: 'tokens' },
    { value: words * CHARACTERS_PER_WORD, unit: 'characters' },
  ];
  const unit = stated === 'examples' ? 'sentences' : 'examples';
  return [{ value: sentences, unit: stated }, { value: sentences, unit }, ...others];
}

/** Speech is counted in hours; an utterance of ten seconds is the usual example (LibriSpeech: 12 s). */
export function audioSizes(hours: number): Size[] {
  return [
    { value: hours, unit: 'hours' },
    { value: hours * 360, unit: 'examples' },
  ];
}

/** Labelled clips, and how long they last. */
export function clipSizes(clips: number): Size[] {
  return [
    { value: clips, unit: 'examples' },
    { value: clips / CLIPS_PER_HOUR, unit: 'hours' },
  ];
}

/** How a size compares with a threshold: their ratio, and the threshold in the size's unit. */
export interface Measure {
  readonly ratio: number;
  readonly threshold: Size;
  readonly source: SourceId;
}

/** `size` against the threshold in whichever unit compares, or `undefined` where none does. */
export function measure(size: Size, against: readonly Size[], threshold: ThresholdName): Measure | undefined {
  for (const candidate of against) {
    const value = convert(candidate, size.unit);
    if (value !== undefined)
      return {
        ratio: size.value / value,
        threshold: { value, unit: size.unit },
        source: THRESHOLDS[threshold].source,
      };
  }
  return undefined;
}

/**
 * How ample a target's own data is: 1 is the size from which transfer gains nothing that counts.
 * A smaller network than the published ones has enough with less (Raghu 2019), in proportion.
 */
export function ampleness(
  size: Size,
  domain: Domain,
  numParams: number | undefined,
  t: Thresholds,
): Measure | undefined {
  const { sizes, threshold } = ampleOf(domain, t);
  const capacity = capacityOf(domain, numParams, t);
  return measure(
    size,
    sizes.map(({ value, unit }) => ({ value: value * capacity, unit })),
    threshold,
  );
}

/** The network's size against the one behind the published figures, at most 1. */
export function capacityOf(domain: Domain, numParams: number | undefined, t: Thresholds): number {
  if (numParams === undefined) return 1;
  const reference =
    domain === 'texts' || domain === 'translation'
      ? t.referenceTextParams
      : domain === 'rows'
        ? t.referenceTabularParams
        : t.referenceParams;
  return Math.min(1, Math.max(t.smallestCapacity, numParams / reference));
}
