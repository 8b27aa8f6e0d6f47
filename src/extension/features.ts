import type { Feature } from './feature';
import { codeLenses } from './surfaces/code-lenses';
import { copyAdvice } from './surfaces/copy-advice';
import { diagnostics } from './surfaces/diagnostics';
import { hover } from './surfaces/hover';
import { quickFixes } from './surfaces/quick-fixes';
import { statusBar } from './surfaces/status-bar';
import { showAdvice } from './surfaces/show-advice';

/** What the extension does at once, in the order in which it starts. */
export const features: readonly Feature[] = [
  diagnostics,
  quickFixes,
  codeLenses,
  hover,
  statusBar,
  showAdvice,
  copyAdvice,
];
