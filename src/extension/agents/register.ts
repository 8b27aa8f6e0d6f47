import * as vscode from 'vscode';
import type { ToolName } from '../../tools/definitions';
import { disposables, type Disposable } from '../disposables';
import { TOOL_IDS } from './tool-ids';

/** What agents in the editor may ask for. */
export type AgentTools = Readonly<Record<ToolName, Required<vscode.LanguageModelTool<unknown>>>>;

/** Offers the tools to language models; `tools` is asked for with the first call. */
export function registerTools(tools: () => Promise<AgentTools>): Disposable {
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
