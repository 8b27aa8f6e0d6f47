/** What stands for a missing value in text: what pandas and R write and read, and the `?` of older collections. */
const MISSING: ReadonlySet<string> = new Set([
  '',
  'NA',
  'N/A',
  'n/a',
  'NaN',
  'nan',
  'NULL',
  'null',
  'None',
  '<NA>',
  '#N/A',
  '?',
]);

export function isMissing(text: string): boolean {
  return text.length < 5 && MISSING.has(text);
}
