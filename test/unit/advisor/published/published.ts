import type { Strategy } from '../../../../src/advisor/advice';

/**
 * A published comparison that the thresholds were not read from. `reported` says what the source found;
 * "from memory" marks figures that were not looked up again. The first of `right` need not be the advice,
 * but the advice must be among them, and where the source found a tie all of `tie` must be acceptable.
 */
export interface Published {
  readonly name: string;
  readonly source: string;
  readonly reported: string;
  readonly target: string;
  readonly lines: readonly string[];
  readonly right: readonly Strategy[];
  readonly tie?: readonly Strategy[];
}

/** What most image tasks stand beside. */
export const IMAGENET = [
  '@task imagenet-classes category=image-classification output=class:1000',
  '@dataset imagenet task=imagenet-classes input=image:224x224x3 num_examples=1.28M',
];
