import { commands } from './commands';
import { advicePages } from './features/advice/advice-page';
import { agents } from './features/agents/agents-feature';
import { codeLenses } from './features/code-lens/code-lens-provider';
import { diagnostics } from './features/diagnostics/diagnostics-publisher';
import { diagram } from './features/diagram/diagram-feature';
import { hover } from './features/hover/hover-provider';
import { language } from './features/language/language-feature';
import { overview } from './features/overview/overview-feature';
import { quickFixes } from './features/quick-fixes/quick-fixes';
import { statusBar } from './features/status-bar/status-bar';
import type { Feature } from './lifecycle';
import type { ServicesOnDemand } from './on-demand';

/** What the extension does wherever it runs, in the order in which it starts. */
export const features: readonly Feature<ServicesOnDemand>[] = [
  diagnostics,
  quickFixes,
  codeLenses,
  hover,
  statusBar,
  advicePages,
  language,
  overview,
  diagram,
  agents,
  commands,
];
