import type { Size } from '../annotations/model';
import type { Task } from '../annotations/problem';
import { sameDimension } from '../annotations/units';
import {
  audioSizes,
  clipSizes,
  domainOf,
  isLabel,
  measure,
  textSizes,
  WORDS_PER_SENTENCE,
  type Domain,
  type Measure,
} from './domain';
import { inputFacts } from './inputs';
import type { PipelineFacts } from './stages';
import type { ThresholdName, Thresholds } from './thresholds';

/** The X-to-Y data against what learning the mapping in one network takes. */
export interface EndToEndNeed extends Measure {
  /** Against what a complex output takes, where the annotations leave open what the output is. */
  readonly ifComplex?: Measure;
}

interface Need {
  readonly sizes: readonly Size[];
  readonly threshold: ThresholdName;
}

/**
 * How much X-to-Y data there is for the complexity of the mapping: by its field, and by its output.
 * `undefined` where no size is stated or no figure is known for its unit.
 */
export function endToEndNeed(facts: PipelineFacts, t: Thresholds): EndToEndNeed | undefined {
  const { task, whole, stages } = facts;
  const { size } = whole;
  if (!size) return undefined;
  const input = inputFacts(task, [...whole.datasets, ...(stages[0]?.data.datasets ?? [])]);
  const domain = domainOf(task, input, whole.main);
  const against = ({ sizes, threshold }: Need): Measure | undefined => measure(size, sizes, threshold);
  const field = needOfField(task, domain, size, t);
  if (field) return against(field);
  const { least, most } = needOfOutput(task, t);
  const inField = ({ sizes, threshold }: Need): Need => ({ threshold, sizes: sizes.flatMap(said(domain)) });
  const need = against(inField(least));
  const ifComplex = most && against(inField(most));
  return need && { ...need, ...(ifComplex ? { ifComplex } : {}) };
}

/** Fields with published figures of their own: speech, translation, and what a camera sees over hours. */
function needOfField(task: Task, domain: Domain, size: Size, t: Thresholds): Need | undefined {
  if (domain === 'speech')
    return { sizes: audioSizes(t.endToEndSpeechHours), threshold: 'endToEndSpeechHours' };
  if (domain === 'translation' || (domain === 'texts' && !isLabel(task)))
    return {
      sizes: textSizes(t.endToEndTranslationWords / WORDS_PER_SENTENCE, 'sentences'),
      threshold: 'endToEndTranslationWords',
    };
  const seen = domain === 'images' || domain === 'instances' || domain === 'video' || domain === 'other';
  return seen && sameDimension(size.unit, 'hours') && outputOf(task) !== 'complex'
    ? { sizes: [{ value: t.endToEndDrivingHours, unit: 'hours' }], threshold: 'endToEndDrivingHours' }
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
function needOfOutput(task: Task, t: Thresholds): { readonly least: Need; readonly most?: Need } {
  const examples = (value: number): Size[] => [{ value, unit: 'examples' }];
  const simple: Need = { sizes: examples(t.endToEndSimple), threshold: 'endToEndSimple' };
  const complex: Need = { sizes: examples(t.endToEndComplex), threshold: 'endToEndComplex' };
  switch (outputOf(task)) {
    case 'number':
      return { least: simple };
    case 'classes': {
      const value = (task.output?.size ?? 0) * t.endToEndPerClass;
      return {
        least: value > t.endToEndSimple ? { sizes: examples(value), threshold: 'endToEndPerClass' } : simple,
      };
    }
    case 'complex':
      return { least: complex };
    case 'unstated':
      return { least: simple, most: complex };
  }
}

/** A size in examples, in every unit in which a field counts. */
function said(domain: Domain): (size: Size) => Size[] {
  return size => {
    if (domain === 'audio') return clipSizes(size.value);
    return domain === 'texts' ? textSizes(size.value, 'examples') : [size];
  };
}
