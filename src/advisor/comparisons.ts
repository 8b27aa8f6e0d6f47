// Which strategies can be compared for a target, and what is known of each comparison.
import type { Call, Challenger, Features, Verdict } from './advice';
import { endToEndFeatures, multitaskFeatures, transferFeatures } from './comparison-features';
import { type OutcomeModels, bestCall, chancesOf } from './outcome-model';
import type { PipelineContext } from './pipeline-stages';
import type { CandidateTask, TargetContext } from './target-context';

/** A strategy that can be compared with single-task training, or with the pipeline. */
export interface Comparison {
  readonly challenger: Challenger;
  readonly features: Features;
  /** Whether it is what one would try here: one larger dataset is a source, many labels are learned together. */
  readonly considered: boolean;
}

/** Far more data than the target has: ten times. Many such tasks are sources, not partners. */
const FAR_LARGER = 10;
/** A source of about the size of the target can help; one of less than half of it is no source. */
const LEAST_SHARE = 0.5;

/** What can be compared with single-task training: at most one comparison for each strategy. */
export function learningComparisons(facts: TargetContext): Comparison[] {
  const related = facts.candidates.filter(({ features }) => features !== 'unmet');
  const alike = related.filter(isAlike);
  const others = related.filter(({ sharesExamples }) => !sharesExamples);
  const usable = alike.filter(({ sharesExamples }) => !sharesExamples);
  const sources = usable.length > 0 ? usable : others;
  const labelled = alike.filter(({ selfSupervised }) => !selfSupervised);
  const partners = labelled.length > 0 ? labelled : related;
  const shared = labelled.some(({ sharesExamples }) => sharesExamples);
  const dominated = sources.every(isFarLarger) || sources.some(source => isDominant(source, sources));
  const transfer: Comparison[] =
    sources.length === 0
      ? []
      : [
          {
            challenger: 'transfer',
            features: transferFeatures(facts, sources),
            considered:
              (usable.length > 0 || others.some(isConvertible)) &&
              sources.some(({ ratio = 1 }) => ratio >= LEAST_SHARE) &&
              (sources.some(({ selfSupervised }) => selfSupervised) ||
                (sources.length <= 2 && !shared) ||
                dominated),
          },
        ];
  const multitask: Comparison[] =
    partners.length === 0
      ? []
      : [
          {
            challenger: 'multitask',
            features: multitaskFeatures(facts, partners),
            considered: shared || (labelled.length > 1 && !dominated),
          },
        ];
  return [...transfer, ...multitask];
}

/** Of steps of a pipeline, whose inputs differ by nature, only those that are known to read the same. */
function isAlike({ input: { status }, task }: CandidateTask): boolean {
  return status !== 'unmet' && !(status === 'unknown' && task.name.includes('->'));
}

const isFarLarger = ({ ratio = 0 }: CandidateTask): boolean => ratio > FAR_LARGER;

/** Whether one source has far more than the target, and nearly all that there is. */
function isDominant(source: CandidateTask, sources: readonly CandidateTask[]): boolean {
  const sum = sources.reduce((total, { ratio = 0 }) => total + ratio, 0);
  return isFarLarger(source) && (source.ratio ?? 0) >= 0.8 * sum;
}

/** Networks for images take single frames of video, pictures with other channels, and spectrograms. */
function isConvertible({ input: { difference } }: CandidateTask): boolean {
  if (!difference) return false;
  if (difference.kind === 'modality') {
    const pair = [difference.target, difference.other];
    return pair.includes('image') && (pair.includes('video') || pair.includes('audio'));
  }
  return difference.kind === 'channels';
}

/** End-to-end learning against the declared pipeline. */
export function decompositionComparison(facts: PipelineContext): Comparison {
  return { challenger: 'end-to-end', features: endToEndFeatures(facts), considered: true };
}

const RANK: Readonly<Record<Call, number>> = { loses: 0, ties: 1, wins: 2 };

/** The comparison that ends best for its challenger; nothing where there is nothing to compare. */
export function verdictOn(comparisons: readonly Comparison[], models: OutcomeModels): Verdict | undefined {
  const verdicts = comparisons
    .filter(({ considered }) => considered)
    .map(({ challenger, features }): Verdict => {
      const model = models[challenger];
      const chances = chancesOf(model, features);
      const call = bestCall(chances, model.worth);
      return { challenger, features, chances, call, probability: chances[call] };
    });
  const merit = ({ call, chances }: Verdict): number => RANK[call] + chances.wins + chances.ties / 2;
  return verdicts.sort((a, b) => merit(b) - merit(a))[0];
}
