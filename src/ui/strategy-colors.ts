import { entryOf } from '../common/named-entries';

/**
 * A colour for each strategy, the same wherever it is drawn, that colour-blind readers tell apart (Okabe and Ito 2008);
 * the arms of a strategy differ by dashes and marks.
 */
const COLORS: Readonly<Record<string, string>> = {
  'single-task': '#7f7f7f',
  transfer: '#0072b2',
  multitask: '#e69f00',
  pipeline: '#009e73',
  'end-to-end': '#cc79a7',
  baseline: '#d55e00',
};

const DASHES: Readonly<Record<string, string>> = {
  head: '2 3',
  gradual: '7 3',
  'fine-tuned': '7 3',
  trees: '7 3',
};

export function colorOf(strategy: string): string {
  return entryOf(COLORS, strategy) ?? '#56b4e9';
}

export function dashOf(variant: string | undefined): string | undefined {
  return variant === undefined ? undefined : entryOf(DASHES, variant);
}
