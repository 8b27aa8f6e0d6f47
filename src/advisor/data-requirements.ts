import type { Size } from '../language/annotation-model';
import type { Dataset, Task } from '../language/learning-problem';
import { convertSize, sameDimension } from '../language/size-units';
import type { CitationId } from './citations';
import { type InputDescription, describeInput } from './input-comparison';
import type { PipelineContext } from './pipeline-stages';
import { THRESHOLDS } from './thresholds';

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
  input: InputDescription,
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
      // A label for a clip takes less than a transcript; where neither is given, assume the harder.
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
function isLabel(task: Pick<Task, 'category' | 'output'>): boolean {
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
const WORDS_PER_SENTENCE = 25;
const TOKENS_PER_WORD = 1.3;
const CHARACTERS_PER_WORD = 6;
/** A labelled clip of one second stands for an example where data is counted in hours (Speech Commands). */
const CLIPS_PER_HOUR = 3600;

/** How much own data is ample in a domain, in every unit in which it can be said. */
interface SufficientSizes {
  readonly sizes: readonly Size[];
  readonly source: CitationId;
}

function sufficientSizes(domain: Domain): SufficientSizes {
  const t = THRESHOLDS;
  switch (domain) {
    case 'images':
      return { sizes: inExamples(t.ampleImages), source: 'raghu2019' };
    case 'instances':
      return { sizes: inExamples(t.ampleInstances), source: 'he2018' };
    case 'texts':
      return { sizes: textSizes(t.ampleTexts, 'examples'), source: 'liu2019' };
    case 'translation':
      return { sizes: textSizes(t.ampleSentencePairs, 'sentences'), source: 'liu2020' };
    case 'speech':
      return { sizes: audioSizes(t.ampleSpeechHours), source: 'baevski2020' };
    case 'audio':
      return { sizes: clipSizes(t.ampleAudioClips), source: 'warden2018' };
    case 'video':
      return { sizes: inExamples(t.ampleVideoClips), source: 'carreira2017' };
    case 'rows':
      return { sizes: inExamples(t.ampleRows), source: 'grinsztajn2022' };
    case 'other':
      return { sizes: inExamples(t.ampleExamples), source: 'choice' };
  }
}

const inExamples = (value: number): Size[] => [{ value, unit: 'examples' }];

/** Text is counted in many ways; one threshold is given in all of them. */
function textSizes(sentences: number, stated: 'examples' | 'sentences'): Size[] {
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
function audioSizes(hours: number): Size[] {
  return [
    { value: hours, unit: 'hours' },
    { value: hours * 360, unit: 'examples' },
  ];
}

/** Labelled clips, and how long they last. */
function clipSizes(clips: number): Size[] {
  return [
    { value: clips, unit: 'examples' },
    { value: clips / CLIPS_PER_HOUR, unit: 'hours' },
  ];
}

/** How a size compares with a threshold: their ratio, and the threshold in the size's unit. */
export interface Sufficiency {
  readonly ratio: number;
  readonly threshold: Size;
  readonly source: CitationId;
}

/** `size` against the threshold in whichever unit compares, or `undefined` where none does. */
function compareWithThreshold(
  size: Size,
  against: readonly Size[],
  source: CitationId,
): Sufficiency | undefined {
  for (const candidate of against) {
    const value = convertSize(candidate, size.unit);
    if (value !== undefined)
      return {
        ratio: size.value / value,
        threshold: { value, unit: size.unit },
        source,
      };
  }
  return undefined;
}

/**
 * How ample a target's own data is: 1 is the size from which transfer gains nothing that counts.
 * A smaller network than the published ones has enough with less (Raghu 2019), in proportion.
 */
export function sufficiency(
  size: Size,
  domain: Domain,
  numParams: number | undefined,
): Sufficiency | undefined {
  const { sizes, source } = sufficientSizes(domain);
  const capacity = capacityOf(domain, numParams);
  return compareWithThreshold(
    size,
    sizes.map(({ value, unit }) => ({ value: value * capacity, unit })),
    source,
  );
}

/** The network's size against the one behind the published figures, at most 1. */
export function capacityOf(domain: Domain, numParams: number | undefined): number {
  if (numParams === undefined) return 1;
  const reference =
    domain === 'texts' || domain === 'translation'
      ? THRESHOLDS.referenceTextParams
      : domain === 'rows'
        ? THRESHOLDS.referenceTabularParams
        : THRESHOLDS.referenceParams;
  return Math.min(1, Math.max(THRESHOLDS.smallestCapacity, numParams / reference));
}

/** The X-to-Y data against what learning the mapping in one network takes. */
export interface EndToEndSufficiency extends Sufficiency {
  /** Against what a complex output takes, where the annotations leave open what the output is. */
  readonly ifComplex?: Sufficiency;
}

interface RequiredSizes {
  readonly sizes: readonly Size[];
  readonly source: CitationId;
}

/**
 * How much X-to-Y data there is for the complexity of the mapping: by its field, and by its output.
 * `undefined` where no size is stated or no figure is known for its unit.
 */
export function endToEndSufficiency(facts: PipelineContext): EndToEndSufficiency | undefined {
  const { task, whole, stages } = facts;
  const { size } = whole;
  if (!size) return undefined;
  const input = describeInput(task, [...whole.datasets, ...(stages[0]?.data.datasets ?? [])]);
  const domain = domainOf(task, input, whole.main);
  const against = ({ sizes, source }: RequiredSizes): Sufficiency | undefined =>
    compareWithThreshold(size, sizes, source);
  const field = requiredInDomain(task, domain, size);
  if (field) return against(field);
  const { least, most } = requiredForOutput(task);
  const inField = ({ sizes, source }: RequiredSizes): RequiredSizes => ({
    source,
    sizes: sizes.flatMap(inUnitsOf(domain)),
  });
  const need = against(inField(least));
  const ifComplex = most && against(inField(most));
  return need && { ...need, ...(ifComplex ? { ifComplex } : {}) };
}

/** Fields with published figures of their own: speech, translation, and what a camera sees over hours. */
function requiredInDomain(task: Task, domain: Domain, size: Size): RequiredSizes | undefined {
  if (domain === 'speech') return { sizes: audioSizes(THRESHOLDS.endToEndSpeechHours), source: 'ng2018' };
  if (domain === 'translation' || (domain === 'texts' && !isLabel(task)))
    return {
      sizes: textSizes(THRESHOLDS.endToEndTranslationWords / WORDS_PER_SENTENCE, 'sentences'),
      source: 'koehn2017',
    };
  const seen = domain === 'images' || domain === 'instances' || domain === 'video' || domain === 'other';
  return seen && sameDimension(size.unit, 'hours') && outputOf(task) !== 'complex'
    ? {
        sizes: [{ value: THRESHOLDS.endToEndDrivingHours, unit: 'hours' }],
        source: 'bojarski2016',
      }
    : undefined;
}

type Output = 'number' | 'classes' | 'complex' | 'unstated';

function outputOf(task: Task): Output {
  switch (task.output?.kind) {
    case 'real':
    case 'labels':
      return 'number';
    case 'class':
      return task.output.size === undefined ? 'unstated' : 'classes';
    case 'box':
    case 'sequence':
      return 'complex';
    case undefined:
      if (/regression$/.test(task.category ?? '')) return 'number';
      return task.category === undefined || isLabel(task) ? 'unstated' : 'complex';
  }
}

/** One number takes least, a class more the more of them there are, a structure most; unstated, it may be any. */
function requiredForOutput(task: Task): { readonly least: RequiredSizes; readonly most?: RequiredSizes } {
  const examples = (value: number): Size[] => [{ value, unit: 'examples' }];
  const simple: RequiredSizes = { sizes: examples(THRESHOLDS.endToEndSimple), source: 'halabi2019' };
  const complex: RequiredSizes = {
    sizes: examples(THRESHOLDS.endToEndComplex),
    source: 'taigman2014',
  };
  switch (outputOf(task)) {
    case 'number':
      return { least: simple };
    case 'classes': {
      const value = (task.output?.size ?? 0) * THRESHOLDS.endToEndPerClass;
      return {
        least: value > THRESHOLDS.endToEndSimple ? { sizes: examples(value), source: 'he2018' } : simple,
      };
    }
    case 'complex':
      return { least: complex };
    case 'unstated':
      return { least: simple, most: complex };
  }
}

/** A size in examples, in every unit in which a field counts. */
function inUnitsOf(domain: Domain): (size: Size) => Size[] {
  return size => {
    if (domain === 'audio') return clipSizes(size.value);
    return domain === 'texts' ? textSizes(size.value, 'examples') : [size];
  };
}
