import { sizeOf } from '../graph/value';
import { trainableVariables } from './body';
import type { StepDefinition } from './definition';
import { traceStep, type TracedStep } from './trace';
import { isWorthLeaving, placeParameters, type InPlace } from './update/in-place';
import { scatteredBy } from './update/scattered';

export interface PlacedStep {
  readonly step: TracedStep;
  /** Where its parameters lie when they are updated outside of the graph. */
  readonly placed: InPlace | undefined;
}

/** Records a step, with its updates where they are fastest. */
export async function traceAndPlace(definition: StepDefinition): Promise<PlacedStep> {
  if (isWorthLeaving(trainableVariables(definition.model).map(({ size }) => size))) {
    const step = await traceStep(definition, 'outside');
    const placed = placeParameters(
      definition.optimizer,
      step.groups.map(({ before, gradient }) => ({
        size: sizeOf(before.shape),
        scattered: scatteredBy(gradient),
      })),
    );
    if (placed) return { step, placed };
  }
  return { step: await traceStep(definition, 'in graph'), placed: undefined };
}
