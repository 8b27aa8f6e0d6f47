/** Share of the steps in which the rate rises from zero. */
const WARM_UP = 0.05;

/**
 * The rate of each step: a linear rise, then half a cosine down to zero over all steps (Loshchilov and Hutter 2017;
 * warm-up as in Goyal et al. 2017). One shape for all arms, so that only its height has to be tuned.
 */
export function warmUpCosine(peak: number, steps: number): (step: number) => number {
  const rising = Math.max(1, Math.round(WARM_UP * steps));
  return step =>
    step < rising
      ? (peak * (step + 1)) / rising
      : (peak * (1 + Math.cos((Math.PI * (step - rising)) / Math.max(1, steps - rising)))) / 2;
}
