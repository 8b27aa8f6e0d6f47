import type { Feature } from '../feature';
import { registerTools, type AgentTools } from './register';
import { createTools } from './tools';

/** The same tools in a browser, where no data can be counted. */
export const agentsInBrowser: Feature = {
  register(services) {
    let tools: AgentTools | undefined;
    return registerTools(() => (tools ??= createTools(services)));
  },
};
