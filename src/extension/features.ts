import { showAdvice } from './features/advice/advice-page';
import { copyAdvice } from './features/advice/copy-advice';
import { codeLenses } from './features/code-lens/code-lens-provider';
import { diagnostics } from './features/diagnostics/diagnostics-publisher';
import { hover } from './features/hover/hover-provider';
import { quickFixes } from './features/quick-fixes/quick-fixes';
import { statusBar } from './features/status-bar/status-bar';
import type { Feature } from './lifecycle';

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
