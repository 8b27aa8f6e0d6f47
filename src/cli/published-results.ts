import type { PublishedResults } from '../advisor/published-results';

/** The published results that advice is shown beside: two hundred kilobytes, which other commands do without. */
export async function loadPublishedResults(): Promise<PublishedResults> {
  const { PUBLISHED_RESULTS } = await import('../advisor/published-results-data');
  return PUBLISHED_RESULTS;
}
