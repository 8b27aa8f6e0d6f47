import type { Problem } from '../language/learning-problem';

/**
 * The problem with what its well-known checkpoints were trained on, as the advice counts it. The catalogue is loaded where
 * a checkpoint is named.
 */
export async function countCheckpoints(problem: Problem): Promise<Problem> {
  const { tasks, datasets } = problem;
  if (![...tasks, ...datasets].some(({ checkpoint }) => checkpoint !== undefined)) return problem;
  const { withCheckpointData } = await import('../catalogue/checkpoints-as-sources');
  return withCheckpointData(problem);
}
