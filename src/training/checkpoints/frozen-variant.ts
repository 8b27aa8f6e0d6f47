/** Arms whose features come from a checkpoint that stays as it is: a linear head, class means, nearest neighbours. */
export type FrozenVariant = 'probe' | 'prototypes' | 'knn';

export function isFrozen(variant: string | undefined): variant is FrozenVariant {
  return variant === 'probe' || variant === 'prototypes' || variant === 'knn';
}
