import { disposables } from '../disposables';
import type { Feature } from '../feature';
import { registerTools, type AgentTools } from './register';

/** Tools for agents. All but their names is in a bundle of its own, which is loaded with the first call. */
export const agents: Feature = {
  register(services) {
    const held = disposables();
    let loaded: Promise<AgentTools> | undefined;
    const load = async (): Promise<AgentTools> => {
      const bundle = await services.load('agents');
      return held.add(bundle.startAgents(services)).tools;
    };
    held.add(registerTools(() => (loaded ??= load())));
    return held;
  },
};
