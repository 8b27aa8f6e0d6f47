import type { Readable, Writable } from 'node:stream';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { ErrorCode, type JSONRPCMessage, JSONRPCMessageSchema } from '@modelcontextprotocol/sdk/types.js';
import { isRecord, parseJson } from '../common/validation';

/** Bytes of one message. */
const LONGEST = 10 * 2 ** 20;

type Id = string | number;

/** A line on each of two streams for a message each, as MCP has it; what is no message gets the answer of JSON-RPC. */
export interface StdioTransport extends Transport {
  /** Resolves once the input has ended and every request before that has its answer. */
  readonly answeredAll: () => Promise<void>;
}

/**
 * The SDK's own transport leaves what it cannot read without an answer, so that a client waits for ever: garbage, a
 * batch, a message of another shape, a last line without a line break.
 */
export function createStdioTransport(input: Readable, output: Writable): StdioTransport {
  let waiting: Buffer[] = [];
  let length = 0;
  let hasEnded = false;
  const open = new Set<Id>();
  let settle = (): void => undefined;
  const answered = new Promise<void>(resolve => {
    settle = resolve;
  });
  const look = (): void => {
    if (hasEnded && open.size === 0) settle();
  };
  const write = (message: unknown): void => {
    output.write(`${JSON.stringify(message)}\n`);
  };
  const refuse = (code: ErrorCode, message: string, id: Id | null = null): void => {
    write({ jsonrpc: '2.0', id, error: { code, message } });
  };
  const take = (line: string): void => {
    if (line.trim() === '') return;
    const value = parseJson(line);
    if (value === undefined) {
      refuse(ErrorCode.ParseError, 'Parse error: a message is one line of JSON.');
      return;
    }
    if (Array.isArray(value)) {
      refuse(ErrorCode.InvalidRequest, 'Invalid request: MCP has no batches; send one message in each line.');
      return;
    }
    const id = isRecord(value) ? idOf(value['id']) : undefined;
    if (isRecord(value) && value['method'] === 'tools/call' && !hasArguments(value['params'])) {
      refuse(ErrorCode.InvalidParams, 'Invalid params: "arguments" must be an object.', id ?? null);
      return;
    }
    const message = JSONRPCMessageSchema.safeParse(value);
    if (!message.success) {
      refuse(ErrorCode.InvalidRequest, 'Invalid request: this is no message of JSON-RPC 2.0.', id ?? null);
      return;
    }
    if ('method' in message.data && id !== undefined) open.add(id);
    forgetCancelled(message.data);
    transport.onmessage?.(message.data);
  };
  /** A request that is taken back gets no answer. */
  const forgetCancelled = (message: JSONRPCMessage): void => {
    if (!('method' in message) || message.method !== 'notifications/cancelled') return;
    const id = idOf(message.params?.['requestId']);
    if (id !== undefined) open.delete(id);
  };
  const read = (chunk: Buffer): void => {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      finish(chunk.subarray(from, end));
      from = end + 1;
    }
    const rest = chunk.subarray(from);
    length += rest.length;
    // What follows of this line is dropped; its end is then no JSON, and refused.
    if (length <= LONGEST) waiting.push(rest);
  };
  const finish = (last: Buffer): void => {
    const isTooLong = length + last.length > LONGEST;
    const line = isTooLong ? '' : Buffer.concat([...waiting, last]).toString('utf8');
    [waiting, length] = [[], 0];
    if (isTooLong) refuse(ErrorCode.ParseError, `Parse error: a message has at most ${LONGEST} bytes.`);
    else take(line);
  };
  const end = (): void => {
    if (hasEnded) return;
    if (length > 0) finish(Buffer.alloc(0));
    hasEnded = true;
    look();
  };
  const fail = (error: Error): void => {
    transport.onerror?.(error);
  };
  const transport: StdioTransport = {
    start() {
      input.on('data', read).on('end', end).on('close', end).on('error', fail);
      return Promise.resolve();
    },
    send(message: JSONRPCMessage) {
      write(message);
      if (!('method' in message) && message.id !== undefined) open.delete(message.id);
      look();
      return Promise.resolve();
    },
    close() {
      input.off('data', read).off('end', end).off('close', end).off('error', fail);
      transport.onclose?.();
      return Promise.resolve();
    },
    answeredAll: () => answered,
  };
  return transport;
}

function idOf(value: unknown): Id | undefined {
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

/** Whether a call has none, which means none, or those of an object. */
function hasArguments(params: unknown): boolean {
  if (!isRecord(params) || !Object.hasOwn(params, 'arguments')) return true;
  return isRecord(params['arguments']);
}
