// The published results that the models are fitted to, as features and outcomes.
import type { Challenger, Chances } from '../../src/advisor/advice';
import { comparisonsOf } from '../../src/advisor/advisor';
import type { OutcomeModels } from '../../src/advisor/outcome-model';
import { outcomeOf, OUTCOMES } from '../eval/outcomes';
import type { EvalCase } from '../eval/case';
import { problemOf } from '../evidence/problem';
import { CHECK_WEIGHTS, STRATEGIES } from '../evidence/record';
import { fitModel, type Result } from './fit';
import { PRIORS } from './prior';

export interface ComparedResult extends Result {
  readonly id: string;
  readonly challenger: Challenger;
}

/** What was compared in each case, as numbers; a case whose challenger its annotations do not offer is left out. */
export function resultsOf(cases: readonly EvalCase[]): ComparedResult[] {
  return cases.flatMap((given): ComparedResult[] => {
    const { problem, task } = problemOf(given);
    const challenger = challengerOf(given);
    if (!task || !challenger) return [];
    const features = comparisonsOf(problem, task).find(each => each.challenger === challenger)?.features;
    if (!features) return [];
    const { id, paper, checked } = given;
    return [{ id, paper, challenger, features, outcome: outcomeOf(given), weight: CHECK_WEIGHTS[checked] }];
  });
}

function challengerOf({ decision, compared, acceptable }: EvalCase): Challenger | undefined {
  const challengers: readonly string[] =
    decision === 'learning' ? ['transfer', 'multitask'] : decision === 'decomposition' ? ['end-to-end'] : [];
  const named = [...compared, ...acceptable].find(strategy => challengers.includes(strategy));
  return (named ?? challengers[0]) as Challenger | undefined;
}

/** The models that these results give. */
export function modelsOf(results: readonly ComparedResult[]): OutcomeModels {
  const model = (challenger: Challenger): OutcomeModels[Challenger] =>
    fitModel(
      results.filter(each => each.challenger === challenger),
      PRIORS[challenger],
      worthOf(results, challenger),
      challenger !== 'end-to-end',
    );
  return { transfer: model('transfer'), multitask: model('multitask'), 'end-to-end': model('end-to-end') };
}

/** Each of the things that can be true counts the same in all, however often it is published. */
function worthOf(results: readonly ComparedResult[], challenger: Challenger): Chances {
  const reference = STRATEGIES.decomposition.includes(challenger as never) ? 'decomposition' : 'learning';
  const decided = (each: ComparedResult): string =>
    each.challenger === 'end-to-end' ? 'decomposition' : 'learning';
  const counts = OUTCOMES.map(outcome => {
    const alike = results.filter(each => each.outcome === outcome);
    if (outcome === 'ties') return alike.length;
    if (outcome === 'wins') return alike.filter(each => each.challenger === challenger).length;
    return alike.filter(each => decided(each) === reference).length;
  });
  const [loses = 0, ties = 0, wins = 0] = counts.map(count =>
    Number((results.length / (5 * Math.max(1, count))).toFixed(3)),
  );
  return { loses, ties, wins };
}
