import type { Condition, Status, Strategy } from './advice';
import type { TargetContext } from './target-context';
import { evidenceOf } from './labelled-data';

const ORDER: readonly Status[] = ['unmet', 'unknown', 'assumed', 'met'];

/** Conditions that must all hold are as good as the worst of them. */
export function worstStatus(statuses: readonly Status[]): Status {
  return ORDER.find(status => statuses.includes(status)) ?? 'met';
}

/**
 * The wording of what is only assumed where no annotation could settle it: of a step of a pipeline
 * nothing can be declared, neither the features it shares nor its network.
 */
export function assumedVariant(...tasks: readonly string[]): { readonly variant?: 'step' } {
  return tasks.some(task => task.includes('->')) ? { variant: 'step' } : {};
}

/** Whether the target still needs help: its own data is short of what is ample for it. */
export function insufficientData(facts: TargetContext, strategy: Strategy): Condition {
  const { ample, data, task } = facts;
  return {
    id: 'target-not-ample',
    strategy,
    status: ample ? (ample.ratio < 1 ? 'met' : 'unmet') : 'unknown',
    ...(ample ? {} : { variant: data.size ? 'units' : 'unstated' }),
    facts: [task.name, ...(data.size ? [data.size] : []), ...(ample ? [ample.threshold] : [])],
    evidence: evidenceOf(data),
    source: ample?.source ?? 'choice',
  };
}
