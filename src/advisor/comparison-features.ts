// What is known of a problem before anything is trained, as numbers that a model of outcomes reads.
import type { Features } from './advice';
import type { Size } from '../language/annotation-model';
import type { Task } from '../language/learning-problem';
import { type Domain, endToEndSufficiency, domainOf } from './data-requirements';
import { describeInput } from './input-comparison';
import type { PipelineContext } from './pipeline-stages';
import type { CandidateTask, TargetContext } from './target-context';

/** How many labelled examples an amount of data is about worth: an utterance is ten seconds, a sentence 25 words. */
export function inExamples({ value, unit }: Size): number {
  return value * EXAMPLES_PER_UNIT[unit];
}

const EXAMPLES_PER_UNIT: Readonly<Record<Size['unit'], number>> = {
  examples: 1,
  sentences: 1,
  words: 1 / 25,
  tokens: 1 / 32,
  characters: 1 / 150,
  hours: 360,
  minutes: 6,
  seconds: 0.1,
};

function decades(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, Math.log10(Math.max(value, 1e-12))));
}

const flag = (holds: boolean): number => (holds ? 1 : 0);

/** Fields that behave alike, and from which results are borrowed first. */
export const FIELDS = [
  'images',
  'instances',
  'texts',
  'translation',
  'speech',
  'sounds',
  'rows',
  'series',
  'graphs',
] as const;

function fieldOf(domain: Domain, { category }: Pick<Task, 'category'>): (typeof FIELDS)[number] | undefined {
  if (category === 'graph-ml') return 'graphs';
  if (domain === 'other') return 'series';
  return domain === 'audio' || domain === 'video' ? 'sounds' : domain;
}

const DENSE =
  /^(?:image-segmentation|semantic-segmentation|instance-segmentation|object-detection|keypoint-detection|depth-estimation|image-to-image)$/;

function ownFeatures({ ample, capacity, task, domain }: TargetContext): Features {
  const field = fieldOf(domain, task);
  return {
    ...(ample ? { ownData: decades(ample.ratio, -4, 2) } : {}),
    capacity: decades(capacity, -2, 0),
    ...Object.fromEntries(FIELDS.map(name => [name, flag(name === field)])),
  };
}

/** How much the others have in all over what the target has; nothing where either is not stated. */
function othersOverOwn(
  { data }: TargetContext,
  others: readonly CandidateTask[],
  least: number,
  most: number,
): number | undefined {
  const sizes = others.flatMap(({ data: { size } }) => (size ? [inExamples(size)] : []));
  if (!data.size || sizes.length === 0) return undefined;
  const sum = sizes.reduce((total, size) => total + size, 0);
  return decades(sum / Math.max(1e-9, inExamples(data.size)), least, most);
}

/** Transfer from `sources` against single-task training. */
export function transferFeatures(facts: TargetContext, sources: readonly CandidateTask[]): Features {
  const { ample } = facts;
  const ratio = othersOverOwn(facts, sources, -1.5, 5);
  const isSmaller = ratio !== undefined && ratio < 0;
  const surplus = isSmaller && ample ? decades(ample.ratio, 0, 2) : 0;
  return {
    ...ownFeatures(facts),
    // A smaller source is worth less than a larger one is worth more, and least where the target's own data is ample.
    ...(ratio === undefined ? {} : { sourceOverOwn: ratio, sourceShortfall: Math.max(0, -ratio), surplus }),
    declared: flag(surplus === 0 && sources.some(({ features }) => features === 'met')),
    otherInput: flag(sources.every(({ input }) => input.status === 'unmet')),
    selfSupervised: flag(sources.some(source => source.selfSupervised)),
  };
}

/** Multitask learning with `partners` against single-task training. */
export function multitaskFeatures(facts: TargetContext, partners: readonly CandidateTask[]): Features {
  const ratio = othersOverOwn(facts, partners, -1.5, 4);
  const shared = partners.some(({ sharesExamples }) => sharesExamples);
  const { category: own, output } = facts.task;
  const dense = DENSE.test(own ?? '') || output?.kind === 'box' || own === 'graph-ml';
  return {
    ...ownFeatures(facts),
    ...(ratio === undefined ? {} : { othersOverOwn: ratio }),
    declared: flag(partners.some(({ features }) => features === 'met')),
    partners: Math.min(5, Math.log2(Math.max(1, partners.length))),
    sharedExamples: flag(shared),
    sharedDense: flag(shared && dense),
    sameCategory: flag(own !== undefined && partners.every(({ task }) => task.category === own)),
  };
}

/** End-to-end learning against the declared pipeline. */
export function endToEndFeatures(facts: PipelineContext): Features {
  const { task, whole, stages } = facts;
  const need = endToEndSufficiency(facts);
  const input = describeInput(task, [...whole.datasets, ...(stages[0]?.data.datasets ?? [])]);
  const domain = domainOf(task, input, whole.main);
  const own = whole.size && inExamples(whole.size);
  const learned = stages.filter(({ engineered }) => !engineered);
  const ratios = learned.flatMap(({ data: { size } }) =>
    size && own !== undefined ? [inExamples(size) / Math.max(1e-9, own)] : [],
  );
  const { category } = task;
  return {
    ...(need ? { wholeData: decades(need.ratio, -3.5, 2) } : {}),
    ...(ratios.length > 0 ? { stageOverWhole: decades(Math.min(...ratios), -2, 3) } : {}),
    engineered: 1 - learned.length / Math.max(1, stages.length),
    unstated: flag(learned.some(({ data }) => !data.size)),
    transcription: flag(domain === 'speech' && category !== 'speech-translation'),
    speechTranslation: flag(category === 'speech-translation'),
  };
}
