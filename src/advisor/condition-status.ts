import type { Condition, OwnData, Status, Strategy } from './advice';
import type { TargetContext } from './target-context';
import { evidenceOf } from './labelled-data';

const ORDER: readonly Status[] = ['unmet', 'unknown', 'assumed', 'met'];

/** Conditions that must all hold are as good as the worst of them. */
export function worstStatus(statuses: readonly Status[]): Status {
  return ORDER.find(status => statuses.includes(status)) ?? 'met';
}

/**
 * Whether an annotation can say what is assumed of all these tasks: of a step of a pipeline nothing can be
 * declared, neither the features it shares nor its network.
 */
export function canDeclare(...tasks: readonly string[]): boolean {
  return tasks.every(task => !task.includes('->'));
}

/** The target's data against what is usually sufficient. */
export function ownData({ ample, data: { size } }: TargetContext): OwnData {
  if (!size) return { kind: 'unstated' };
  return ample ? { kind: 'compared', size, sufficient: ample.threshold } : { kind: 'no-reference', size };
}

/** Whether the target still needs help: its own data is short of what is ample for it. */
export function insufficientData(facts: TargetContext, strategy: Strategy): Condition {
  const { ample, data, task } = facts;
  return {
    id: 'target-not-ample',
    strategy,
    status: ample ? (ample.ratio < 1 ? 'met' : 'unmet') : 'unknown',
    target: task.name,
    data: ownData(facts),
    evidence: evidenceOf(data),
    source: ample?.source ?? 'choice',
  };
}
