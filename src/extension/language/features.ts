import type { Feature } from '../feature';
import { annotateData, type CountData } from './annotate-data';
import { completion } from './completion';
import { inlayHints } from './inlay-hints';
import { links } from './links';
import { navigation } from './navigation';
import { outline } from './outline';
import { refactorings } from './refactorings';

/** Writing and reading annotations, in the order in which it starts. */
export function languageFeatures(count: CountData | undefined): readonly Feature[] {
  return [completion, navigation, outline, inlayHints, links, refactorings, annotateData(count)];
}
