import { sameDimension } from '../language/size-units';
import type { Fact, Note, NoteId } from './advice';
import type { Domain } from './data-requirements';
import type { DecompositionDecision } from './decomposition-decision';
import type { LearningDecision } from './learning-decision';
import { hasMissingLabels } from './multitask-conditions';
import type { PipelineContext } from './pipeline-stages';
import type { CandidateTask, TargetContext } from './target-context';
import type { Thresholds } from './thresholds';

const note = (id: NoteId, ...facts: Fact[]): Note => ({ id, facts });

/** What to do about the learning decision, and what to ask where a size is missing. */
export function learningNotes(facts: TargetContext, decision: LearningDecision, t: Thresholds): Note[] {
  return [
    ...questions(facts, decision),
    ...inputNotes(facts),
    ...(decision.recommendation === 'transfer' ? transferNotes(facts, decision, t) : []),
    ...(decision.acceptable.includes('multitask') ? multitaskNotes(facts, decision, t) : []),
    ...networkNotes(decision),
    ...costNotes(facts, decision),
  ];
}

/** Unknown sizes lead to a question, not to a guess. */
function questions(
  { task, data, candidates }: TargetContext,
  { transfer, multitask }: LearningDecision,
): Note[] {
  const own =
    data.datasets.length === 0
      ? [note('no-data', task.name)]
      : data.size
        ? []
        : [
            note(
              'ask-own-size',
              task.name,
              data.datasets.map(dataset => dataset.name),
            ),
          ];
  const unstated = candidates.filter(
    candidate => !candidate.data.size && candidate.features !== 'unmet' && candidate.input.status !== 'unmet',
  );
  const matters = transfer?.status === 'unknown' || multitask?.status === 'unknown' || !data.size;
  const asked =
    matters && unstated.length > 0
      ? [
          note(
            'ask-source-size',
            unstated.flatMap(candidate => candidate.data.datasets.map(dataset => dataset.name)),
          ),
        ]
      : [];
  const units = candidates.filter(
    candidate =>
      candidate.unitsDiffer && candidate.input.status !== 'unmet' && candidate.features !== 'unmet',
  );
  return [
    ...own,
    ...asked,
    ...(units.length > 0 ? [note('units-differ', units.map(nameOf), data.size?.unit ?? 'examples')] : []),
  ];
}

const nameOf = (candidate: CandidateTask): string => candidate.task.name;

/** What would make an input the same, where that is a small change. */
function inputNotes({ candidates, input }: TargetContext): Note[] {
  return candidates.flatMap(candidate => {
    if (candidate.features === 'unmet') return [];
    const { difference, values = ['', ''] } = candidate.input;
    if (difference === 'channels' && input.input?.modality === 'image' && values[0] === '1')
      return [note('convert-channels', nameOf(candidate), values[1])];
    if (difference === 'sample-rate')
      return [note('resample-audio', nameOf(candidate), values[0], values[1])];
    return [];
  });
}

/** How deep to fine-tune: the head with little data, everything with more (Kumar 2022, Kolesnikov 2020). */
function transferNotes(
  { data, candidates, domain }: TargetContext,
  { transfer }: LearningDecision,
  t: Thresholds,
): Note[] {
  if (!transfer) return [];
  const chosen = new Set(transfer.sources.map(nameOf));
  const others = candidates.filter(
    candidate =>
      !chosen.has(nameOf(candidate)) &&
      candidate.input.status !== 'unmet' &&
      candidate.features !== 'unmet' &&
      (candidate.ratio ?? 0) > 1,
  );
  const depth = depthNotes(data.size, t);
  const freezes = depth.every(({ id }) => id !== 'fine-tune-everything');
  return [
    ...depth,
    ...(freezes && !NORMALISED_OTHERWISE.has(domain) ? [note('freeze-batch-norm')] : []),
    ...(transfer.sources.length > 1 ? [note('pretrain-on-all', [...chosen])] : []),
    ...(others.length > 0 ? [note('other-sources', others.map(nameOf))] : []),
  ];
}

/** Networks for text are normalised by layer, not by batch. */
const NORMALISED_OTHERWISE: ReadonlySet<Domain> = new Set<Domain>(['texts', 'translation']);

function depthNotes(size: TargetContext['data']['size'], t: Thresholds): Note[] {
  if (!size) return [];
  const hours = sameDimension(size.unit, 'hours');
  const [little, much] = hours ? [t.headOnlyHours, t.fineTuneAllHours] : [t.headOnly, t.fineTuneAll];
  const value =
    size.unit === 'minutes' ? size.value / 60 : size.unit === 'seconds' ? size.value / 3600 : size.value;
  if (value <= little) return [note('fine-tune-head', size)];
  return value < much ? [note('fine-tune-gradually', size)] : [note('fine-tune-everything', size)];
}

function multitaskNotes(
  facts: TargetContext,
  { multitask, recommendation }: LearningDecision,
  t: Thresholds,
): Note[] {
  if (!multitask || recommendation !== 'multitask') return [];
  const datasets = [facts.data, ...multitask.partners.map(partner => partner.data)].flatMap(
    data => data.datasets,
  );
  let [least, most] = [1, 1];
  for (const { ratio = 1 } of multitask.partners) {
    least = Math.min(least, ratio);
    most = Math.max(most, ratio);
  }
  const unequal = most / least >= t.samplingRatio;
  return [
    ...(datasets.some(hasMissingLabels) ? [note('mask-missing-labels')] : []),
    ...(unequal ? [note('sample-by-temperature')] : []),
    note('tune-loss-weights'),
    ...(multitask.partners.every(partner => partner.sharesExamples)
      ? []
      : [note('fine-tune-on-target', facts.task.name)]),
  ];
}

function networkNotes({ multitask }: LearningDecision): Note[] {
  const size = multitask?.conditions.find(condition => condition.id === 'network-large-enough');
  return size?.status === 'unmet' ? [note('network-too-small', ...size.facts)] : [];
}

/** Which of several acceptable strategies costs least. */
function costNotes(
  { domain, data, task }: TargetContext,
  { acceptable, recommendation }: LearningDecision,
): Note[] {
  const instances =
    domain === 'instances' && data.main?.instancesPerExample === undefined && data.size
      ? [note('count-instances', data.main?.name ?? task.name)]
      : [];
  const localisation =
    domain === 'instances' && acceptable.includes('transfer') ? [note('localisation-gains-less')] : [];
  if (acceptable.length < 2 || !data.size) return [...instances, ...localisation];
  const cost: Note[] =
    recommendation === 'transfer' && acceptable.includes('single-task')
      ? [note('transfer-converges-sooner')]
      : recommendation === 'single-task'
        ? [note('single-task-is-cheapest')]
        : recommendation === 'multitask' && acceptable.includes('single-task')
          ? [note('multitask-one-network')]
          : [];
  return [...instances, ...localisation, ...cost];
}

/** What goes with the choice between end-to-end and pipeline. */
export function decompositionNotes(facts: PipelineContext, decision: DecompositionDecision): Note[] {
  const { stages, whole, task } = facts;
  const learned = stages.filter(stage => !stage.engineered);
  const unstated = learned.filter(stage => !stage.data.size);
  const merged = stages.filter(stage => stage.merged.length > 0);
  return [
    ...(whole.datasets.length > 0 && !whole.size
      ? [
          note(
            'ask-own-size',
            task.name,
            whole.datasets.map(dataset => dataset.name),
          ),
        ]
      : []),
    ...(unstated.length > 0 && decision.acceptable.includes('pipeline')
      ? [
          note(
            'ask-stage-data',
            unstated.map(stage => stage.name),
          ),
        ]
      : []),
    ...(decision.isOpen ? [note('ask-output', task.name)] : []),
    ...(decision.need && !decision.isOpen && decision.need.ratio > 0.3 && decision.need.ratio < 3
      ? [note('tuning-decides')]
      : []),
    ...(merged.length > 0
      ? [
          note(
            'merged-stages',
            merged.map(stage => stage.name),
          ),
        ]
      : []),
    ...(decision.recommendation === 'pipeline' && learned.length > 0
      ? [
          note(
            'stages-decided-separately',
            learned.map(stage => stage.name),
          ),
        ]
      : []),
  ];
}
