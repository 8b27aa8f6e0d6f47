import { sameDimension } from '../language/size-units';
import type { Note } from './advice';
import type { Domain } from './data-requirements';
import type { DecompositionDecision } from './decomposition-decision';
import type { LearningDecision } from './learning-decision';
import { hasMissingLabels } from './multitask-conditions';
import type { PipelineContext, Stage } from './pipeline-stages';
import type { CandidateTask, TargetContext } from './target-context';
import { THRESHOLDS } from './thresholds';

const noteIf = (applies: boolean, note: Note): Note[] => (applies ? [note] : []);

/** What to do about the learning decision, and what to ask where a size is missing. */
export function learningNotes(facts: TargetContext, decision: LearningDecision): Note[] {
  return [
    ...questions(facts, decision),
    ...inputNotes(facts),
    ...(decision.recommendation === 'transfer' ? transferNotes(facts, decision) : []),
    ...(decision.acceptable.includes('multitask') ? multitaskNotes(facts, decision) : []),
    ...networkNotes(decision),
    ...costNotes(facts, decision),
  ];
}

/** Unknown sizes lead to a question, not to a guess. */
function questions(
  { task, data, candidates }: TargetContext,
  { transfer, multitask }: LearningDecision,
): Note[] {
  const own: Note[] =
    data.datasets.length === 0
      ? [{ id: 'no-data', task: task.name }]
      : data.size
        ? []
        : [{ id: 'ask-own-size', task: task.name, datasets: data.datasets.map(({ name }) => name) }];
  const unstated = candidates.filter(
    candidate => !candidate.data.size && candidate.features !== 'unmet' && candidate.input.status !== 'unmet',
  );
  const matters = transfer?.status === 'unknown' || multitask?.status === 'unknown' || !data.size;
  const datasets = unstated.flatMap(candidate => candidate.data.datasets.map(({ name }) => name));
  const asked: Note[] = matters && unstated.length > 0 ? [{ id: 'ask-source-size', datasets }] : [];
  const incomparable = candidates.filter(
    candidate =>
      candidate.unitsDiffer && candidate.input.status !== 'unmet' && candidate.features !== 'unmet',
  );
  const unit = data.size?.unit ?? 'examples';
  const units: Note[] =
    incomparable.length > 0 ? [{ id: 'units-differ', tasks: incomparable.map(nameOf), unit }] : [];
  return [...own, ...asked, ...units];
}

const nameOf = (candidate: CandidateTask): string => candidate.task.name;

/** What would make an input the same, where that is a small change. */
function inputNotes({ candidates, input }: TargetContext): Note[] {
  return candidates.flatMap((candidate): Note[] => {
    const { difference } = candidate.input;
    if (candidate.features === 'unmet' || !difference) return [];
    const source = nameOf(candidate);
    if (difference.kind === 'channels' && input.input?.modality === 'image' && difference.target === 1)
      return [{ id: 'convert-channels', source, channels: difference.other }];
    if (difference.kind === 'sample-rate')
      return [{ id: 'resample-audio', source, targetRate: difference.target, sourceRate: difference.other }];
    return [];
  });
}

/** How deep to fine-tune: the head with little data, everything with more (Kumar 2022, Kolesnikov 2020). */
function transferNotes({ data, candidates, domain }: TargetContext, { transfer }: LearningDecision): Note[] {
  if (!transfer) return [];
  const chosen = new Set(transfer.sources.map(nameOf));
  const others = candidates.filter(
    candidate =>
      !chosen.has(nameOf(candidate)) &&
      candidate.input.status !== 'unmet' &&
      candidate.features !== 'unmet' &&
      (candidate.ratio ?? 0) > 1,
  );
  const depth = depthNotes(data.size);
  const freezes = depth.length > 0 && depth.every(({ id }) => id !== 'fine-tune-everything');
  return [
    ...depth,
    ...noteIf(freezes && !NORMALISED_OTHERWISE.has(domain), { id: 'freeze-batch-norm' }),
    ...noteIf(transfer.sources.length > 1, { id: 'pretrain-on-all', sources: [...chosen] }),
    ...noteIf(others.length > 0, { id: 'other-sources', sources: others.map(nameOf) }),
  ];
}

/** Networks for text are normalised by layer, not by batch. */
const NORMALISED_OTHERWISE: ReadonlySet<Domain> = new Set<Domain>(['texts', 'translation']);

function depthNotes(size: TargetContext['data']['size']): Note[] {
  if (!size) return [];
  const hours = sameDimension(size.unit, 'hours');
  const [little, much] = hours
    ? [THRESHOLDS.headOnlyHours, THRESHOLDS.fineTuneAllHours]
    : [THRESHOLDS.headOnly, THRESHOLDS.fineTuneAll];
  const value =
    size.unit === 'minutes' ? size.value / 60 : size.unit === 'seconds' ? size.value / 3600 : size.value;
  if (value <= little) return [{ id: 'fine-tune-head', size }];
  return [{ id: value < much ? 'fine-tune-gradually' : 'fine-tune-everything', size }];
}

function multitaskNotes(facts: TargetContext, { multitask, recommendation }: LearningDecision): Note[] {
  if (!multitask || recommendation !== 'multitask') return [];
  const datasets = [facts.data, ...multitask.partners.map(partner => partner.data)].flatMap(
    data => data.datasets,
  );
  let [least, most] = [1, 1];
  for (const { ratio = 1 } of multitask.partners) {
    least = Math.min(least, ratio);
    most = Math.max(most, ratio);
  }
  const unequal = most / least >= THRESHOLDS.samplingRatio;
  return [
    ...noteIf(datasets.some(hasMissingLabels), { id: 'mask-missing-labels' }),
    ...noteIf(unequal, { id: 'sample-by-temperature' }),
    { id: 'tune-loss-weights' },
    ...noteIf(
      multitask.partners.some(partner => !partner.sharesExamples),
      { id: 'fine-tune-on-target', target: facts.task.name },
    ),
  ];
}

function networkNotes({ multitask }: LearningDecision): Note[] {
  const condition = multitask?.conditions.find(({ id }) => id === 'network-large-enough');
  if (condition?.id !== 'network-large-enough' || condition.status !== 'unmet') return [];
  const { network, tasks } = condition;
  if (network.kind === 'unstated') return [];
  const { parameters, sufficient } = network;
  return [{ id: 'network-too-small', parameters, tasks, sufficient }];
}

/** Which of several acceptable strategies costs least. */
function costNotes(
  { domain, data, task }: TargetContext,
  { acceptable, recommendation }: LearningDecision,
): Note[] {
  const isUncounted = data.main?.instancesPerExample === undefined && data.size !== undefined;
  const instances = noteIf(domain === 'instances' && isUncounted, {
    id: 'count-instances',
    dataset: data.main?.name ?? task.name,
  });
  if (acceptable.length < 2 || !data.size) return instances;
  const cost: Note[] =
    recommendation === 'transfer' && acceptable.includes('single-task')
      ? [{ id: 'transfer-converges-sooner' }]
      : recommendation === 'single-task'
        ? [{ id: 'single-task-is-cheapest' }]
        : recommendation === 'multitask' && acceptable.includes('single-task')
          ? [{ id: 'multitask-one-network' }]
          : [];
  return [...instances, ...cost];
}

/** What goes with the choice between end-to-end and pipeline. */
export function decompositionNotes(facts: PipelineContext, decision: DecompositionDecision): Note[] {
  const { stages, whole, task } = facts;
  const names = (some: readonly Stage[]): string[] => some.map(({ name }) => name);
  const learned = stages.filter(stage => !stage.engineered);
  const unstated = learned.filter(stage => !stage.data.size);
  const merged = stages.filter(stage => stage.merged.length > 0);
  const { isOpen, acceptable } = decision;
  return [
    ...noteIf(whole.datasets.length > 0 && !whole.size, {
      id: 'ask-own-size',
      task: task.name,
      datasets: whole.datasets.map(({ name }) => name),
    }),
    ...noteIf(unstated.length > 0 && acceptable.includes('pipeline'), {
      id: 'ask-stage-data',
      stages: names(unstated),
    }),
    ...noteIf(isOpen, { id: 'ask-output', task: task.name }),
    ...noteIf(merged.length > 0, { id: 'merged-stages', stages: names(merged) }),
  ];
}
