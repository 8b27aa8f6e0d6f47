import * as vscode from 'vscode';
import type { ToolName } from '../../../agents/tool-definitions';
import { TOOL_IDS } from '../../contributions';
import { type Disposable, disposables } from '../../disposables';
import type { Feature } from '../../lifecycle';

/** What agents in the editor may ask for. */
export type AgentTools = Readonly<Record<ToolName, Required<vscode.LanguageModelTool<unknown>>>>;

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
