import path from 'node:path';
import { disposables } from '../disposables';
import type { Feature } from '../feature';
import type { AgentBundle } from './bundle';
import { registerTools, type AgentTools } from './register';

/** Tools for agents. All but their names is in a bundle of its own, which is loaded with the first call. */
export const agents: Feature = {
  register(services) {
    const held = disposables();
    let loaded: AgentTools | undefined;
    const load = (): AgentTools => {
      if (loaded) return loaded;
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- a bundle beside this one, by its place
      const bundle = require(path.join(__dirname, 'agents.js')) as AgentBundle;
      const started = held.add(bundle.startAgents(services));
      loaded = started.tools;
      return loaded;
    };
    held.add(registerTools(load));
    return held;
  },
};
