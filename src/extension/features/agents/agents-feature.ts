import * as vscode from 'vscode';
import type { ToolName } from '../../../protocol/agent-tools';
import { TOOL_IDS } from '../../contributions';
import { type Disposable, disposables } from '../../disposables';
import type { Feature } from '../../lifecycle';
import type { AgentTools } from './editor-agent-tools';

/** Offers the tools to language models; `tools` is asked for with the first call. */
function registerTools(tools: () => Promise<AgentTools>): Disposable {
  const held = disposables();
  for (const [name, id] of Object.entries(TOOL_IDS) as [ToolName, string][])
    held.add(
      vscode.lm.registerTool(id, {
        prepareInvocation: async (options, token) => (await tools())[name].prepareInvocation(options, token),
        invoke: async (options, token) => (await tools())[name].invoke(options, token),
      }),
    );
  return held;
}

/** Tools for agents. All but their names is loaded with the first call. */
export const agents: Feature = {
  register(services) {
    const held = disposables();
    let loaded: Promise<AgentTools> | undefined;
    const load = async (): Promise<AgentTools> => {
      const { createTools } = await import('./editor-agent-tools');
      const { localMachine } = services;
      if (!localMachine) return createTools(services);
      const counter = held.add(localMachine.createCounter());
      return createTools(services, await localMachine.countTool(counter, services.settings));
    };
    held.add(registerTools(() => (loaded ??= load())));
    return held;
  },
};
