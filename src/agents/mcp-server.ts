import { once } from 'node:events';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import {
  CallToolRequestSchema,
  type CallToolResult,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
  type Tool,
} from '@modelcontextprotocol/sdk/types.js';
import { toolUnknown } from '../messages/agent-messages';
import { createStdioTransport } from './stdio-transport';
import { REPOSITORY_TEXT_NOTE, answerParts, failureText } from './tool-answer';

/**
 * The Model Context Protocol on standard input and output. Loaded with the command that serves it.
 */

type Schema = Tool['inputSchema'];

/** A tool that reads and changes nothing. */
export interface ServedTool {
  readonly name: string;
  readonly title: string;
  /** For language models. */
  readonly description: string;
  readonly inputSchema: object;
  readonly outputSchema: object;
  /** Rejects with a message for the agent; `signal` is aborted when the agent stops waiting. */
  readonly call: (input: unknown, signal: AbortSignal) => Promise<object>;
}

export interface ServerDescription {
  readonly name: string;
  readonly version: string;
  /** What the tools are for, for language models. */
  readonly instructions: string;
}

/**
 * Serves tools on standard input and output until the client closes the input or `signal` is aborted; calls that
 * run when the input closes still get their answers. Nothing else may be written to standard output meanwhile.
 */
export async function serveTools(
  tools: readonly ServedTool[],
  { name, version, instructions }: ServerDescription,
  signal?: AbortSignal,
): Promise<void> {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the class that takes JSON Schemas as they are
  const server = new Server({ name, version }, { capabilities: { tools: {} }, instructions });
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: tools.map(listed) }));
  server.setRequestHandler(CallToolRequestSchema, ({ params }, extra) => {
    const tool = tools.find(each => each.name === params.name);
    if (!tool) {
      const known = tools.map(each => each.name);
      throw new McpError(ErrorCode.InvalidParams, toolUnknown({ name: params.name, known }));
    }
    return call(tool, params.arguments, extra.signal);
  });
  const closed = new Promise<void>(resolve => {
    server.onclose = resolve;
  });
  const transport = createStdioTransport(process.stdin, process.stdout);
  await server.connect(transport);
  const aborted = signal ? once(signal, 'abort') : new Promise<never>(() => undefined);
  await Promise.race([closed, transport.answeredAll(), aborted]);
  await server.close();
  // Left open, the input would keep the process alive.
  process.stdin.destroy();
}

function listed({ name, title, description, inputSchema, outputSchema }: ServedTool): Tool {
  return {
    name,
    title,
    description,
    inputSchema: inputSchema as Schema,
    outputSchema: outputSchema as Schema,
    annotations: {
      title,
      readOnlyHint: true,
      destructiveHint: false,
      idempotentHint: true,
      openWorldHint: false,
    },
  };
}

/** A failure is an answer too: the agent reads the reason and can correct its call. */
async function call(tool: ServedTool, input: unknown, signal: AbortSignal): Promise<CallToolResult> {
  try {
    const output = await tool.call(input, signal);
    return {
      content: answerParts(output).map(text => ({ type: 'text', text })),
      structuredContent: { ...output },
    };
  } catch (error) {
    const texts = [failureText(error), REPOSITORY_TEXT_NOTE];
    return { content: texts.map(text => ({ type: 'text', text })), isError: true };
  }
}
