import type { Feature } from './feature';
import { completion } from './language/completion';
import { inlayHints } from './language/inlay-hints';
import { links } from './language/links';
import { navigation } from './language/navigation';
import { outline } from './language/outline';
import { refactorings } from './language/refactorings';
import { codeLenses } from './surfaces/code-lenses';
import { copyAdvice } from './surfaces/copy-advice';
import { diagnostics } from './surfaces/diagnostics';
import { hover } from './surfaces/hover';
import { quickFixes } from './surfaces/quick-fixes';
import { showAdvice } from './surfaces/show-advice';

/** What the extension does, in the order in which it starts. */
export const features: readonly Feature[] = [
  diagnostics,
  quickFixes,
  codeLenses,
  hover,
  showAdvice,
  copyAdvice,
  completion,
  navigation,
  outline,
  inlayHints,
  links,
  refactorings,
];
