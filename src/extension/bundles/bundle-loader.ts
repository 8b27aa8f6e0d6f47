import type { AgentBundle } from '../features/agents/agents-bundle';
import type { DiagramBundle } from '../features/diagram/diagram-bundle';
import type { LanguageBundle } from '../features/language/language-bundle';
import type { OverviewBundle } from '../features/overview/overview-bundle';

/** The parts of the extension that are bundles of their own, by the names of their files. */
export interface Bundles {
  readonly agents: AgentBundle;
  readonly diagram: DiagramBundle;
  readonly language: LanguageBundle;
  readonly overview: OverviewBundle;
}

/** Loads a part when it is first needed: from beside the main one, on a computer as in a browser. */
export type LoadBundle = <N extends keyof Bundles>(name: N) => Promise<Bundles[N]>;
