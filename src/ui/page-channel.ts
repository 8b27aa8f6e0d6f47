import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { errorMessage } from '../common/errors';
import { entryOf } from '../common/named-entries';

/**
 * The channel between a page in a webview and its host. The page asks, and the host answers or refuses; the host
 * notifies the page of what is new. Both check what arrives; what does not fit is refused as a whole.
 */

type Schema = v.GenericSchema;

/** Something that a page asks its host. */
export interface RequestSchema<P extends Schema = Schema, R extends Schema = Schema> {
  readonly params: P;
  readonly result: R;
  /** Milliseconds that the answer may take; `Infinity` where a user is asked. */
  readonly timeLimit: number;
}

/** Reading a large run from a network drive is the slowest answer there is. */
const TIME_LIMIT = 60_000;

export function requestSchema<P extends Schema, R extends Schema>(
  params: P,
  result: R,
  { timeLimit = TIME_LIMIT }: { readonly timeLimit?: number } = {},
): RequestSchema<P, R> {
  return { params, result, timeLimit };
}

/** What a request without parameters, or without a result, has in their place. */
export const nothing = v.undefined();

/** What a page and its host can send each other, by name. */
export interface ChannelSchema {
  readonly requests: Readonly<Record<string, RequestSchema>>;
  /** The parameters of what the host tells the page. */
  readonly notifications: Readonly<Record<string, Schema>>;
}

type RequestName<C extends ChannelSchema> = keyof C['requests'] & string;
type NotificationName<C extends ChannelSchema> = keyof C['notifications'] & string;
type Params<C extends ChannelSchema, Name extends RequestName<C>> = v.InferOutput<
  C['requests'][Name]['params']
>;
type Result<C extends ChannelSchema, Name extends RequestName<C>> = v.InferOutput<
  C['requests'][Name]['result']
>;
type News<C extends ChannelSchema, Name extends NotificationName<C>> = v.InferOutput<
  C['notifications'][Name]
>;

/** Nothing where a request has no parameters. */
type Arguments<P> = [P] extends [undefined] ? [] : [params: P];

/** How a host answers. A handler that throws refuses the request with its error's message. */
export type RequestHandlers<C extends ChannelSchema> = {
  readonly [Name in RequestName<C>]: (params: Params<C, Name>) => Result<C, Name> | Promise<Result<C, Name>>;
};

/** What a page does with what it is told. */
export type NotificationHandlers<C extends ChannelSchema> = {
  readonly [Name in NotificationName<C>]: (params: News<C, Name>) => void;
};

interface ChannelEnd {
  /** Takes in what the other end has posted. */
  readonly receive: (message: unknown) => void;
  /** Refuses what waits for an answer, and leaves out all that comes later. */
  readonly close: () => void;
}

export interface PageEnd<C extends ChannelSchema> extends ChannelEnd {
  /** @throws Error with the message of the host's error; also where no answer comes in time, or one that does not fit */
  readonly request: <Name extends RequestName<C>>(
    name: Name,
    ...params: Arguments<Params<C, Name>>
  ) => Promise<Result<C, Name>>;
}

export interface HostEnd<C extends ChannelSchema> extends ChannelEnd {
  readonly notify: <Name extends NotificationName<C>>(name: Name, params: News<C, Name>) => void;
}

const toHost = v.object({
  type: v.literal('request'),
  id: v.string(),
  name: v.string(),
  params: v.optional(v.unknown()),
});

const toPage = v.variant('type', [
  v.object({ type: v.literal('reply'), id: v.string(), result: v.optional(v.unknown()) }),
  v.object({ type: v.literal('failure'), id: v.string(), message: v.string() }),
  v.object({ type: v.literal('notification'), name: v.string(), params: v.optional(v.unknown()) }),
]);

export type ToHost = v.InferOutput<typeof toHost>;
export type ToPage = v.InferOutput<typeof toPage>;

/** What both ends need: where messages go, and who hears of those that are left out. */
interface EndOptions<Message> {
  readonly post: (message: Message) => void;
  readonly onProblem: (problem: string) => void;
}

/** The end of the page. Messages of the host are to be handed to `receive`. */
export function createPageEnd<C extends ChannelSchema>(
  { requests, notifications }: C,
  handlers: NotificationHandlers<C>,
  { post, onProblem }: EndOptions<ToHost>,
): PageEnd<C> {
  // A page that is shown again begins anew: an answer to what it asked before is none to what it asks now.
  const session = globalThis.crypto.getRandomValues(new Uint32Array(2)).join('-');
  const pending = new Map<
    string,
    { readonly settle: (result: unknown) => void; readonly refuse: (error: Error) => void }
  >();
  let asked = 0;
  let isClosed = false;
  return {
    request<Name extends RequestName<C>>(name: Name, ...[params]: Arguments<Params<C, Name>>) {
      return new Promise<Result<C, Name>>((resolve, reject) => {
        if (isClosed) {
          reject(new Error(l10n.t('The page was closed.')));
          return;
        }
        // The compiler forgets which request a name is of.
        const schema = requests[name] as C['requests'][Name];
        const { timeLimit } = schema;
        const id = `${session}/${asked++}`;
        const end = (): void => {
          clearTimeout(timer);
          pending.delete(id);
        };
        const refuse = (error: Error): void => {
          end();
          reject(error);
        };
        const timer = Number.isFinite(timeLimit)
          ? setTimeout(() => {
              refuse(new Error(l10n.t('No response within {0} seconds.', Math.ceil(timeLimit / 1000))));
            }, timeLimit)
          : undefined;
        const settle = (result: unknown): void => {
          end();
          const read = readParams<C['requests'][Name]['result']>(schema.result, result, name);
          if (read.isRead) resolve(read.value);
          else reject(new Error(read.problem));
        };
        pending.set(id, { settle, refuse });
        post({ type: 'request', id, name, params });
      });
    },
    receive(message) {
      if (isClosed) return;
      const read = v.safeParse(toPage, message);
      if (!read.success) {
        onProblem(`A message of the host does not fit the protocol: ${v.summarize(read.issues)}`);
        return;
      }
      const given = read.output;
      switch (given.type) {
        case 'reply':
          pending.get(given.id)?.settle(given.result);
          break;
        case 'failure':
          pending.get(given.id)?.refuse(new Error(given.message));
          break;
        case 'notification': {
          const { name } = given;
          const schema = entryOf(notifications, name);
          const news = schema && readParams(schema, given.params, name);
          if (!news) onProblem(`An unknown notification: ${name}`);
          else if (!news.isRead) onProblem(news.problem);
          else entryOf(handlers, name)?.(news.value);
        }
      }
    },
    close() {
      isClosed = true;
      for (const { refuse } of [...pending.values()]) refuse(new Error(l10n.t('The page was closed.')));
    },
  };
}

/** The end of the host. Messages of the page are to be handed to `receive`. */
export function createHostEnd<C extends ChannelSchema>(
  { requests }: C,
  handlers: RequestHandlers<C>,
  { post, onProblem }: EndOptions<ToPage>,
): HostEnd<C> {
  let isClosed = false;
  const send = (message: ToPage): void => {
    if (!isClosed) post(message);
  };
  const answer = async ({ name, params }: ToHost): Promise<unknown> => {
    const schema = entryOf(requests, name);
    if (!schema) throw new Error(l10n.t('Unknown request: {0}', name));
    const read = readParams(schema.params, params, name);
    if (!read.isRead) throw new Error(read.problem);
    return entryOf(handlers, name)?.(read.value);
  };
  return {
    notify(name, params) {
      send({ type: 'notification', name, params });
    },
    receive(message) {
      if (isClosed) return;
      const read = v.safeParse(toHost, message);
      if (!read.success) {
        onProblem(`A message of the page does not fit the protocol: ${v.summarize(read.issues)}`);
        return;
      }
      const { id } = read.output;
      answer(read.output).then(
        result => {
          send({ type: 'reply', id, result });
        },
        (error: unknown) => {
          send({ type: 'failure', id, message: errorMessage(error) });
        },
      );
    },
    close() {
      isClosed = true;
    },
  };
}

type Read<T> =
  { readonly isRead: true; readonly value: T } | { readonly isRead: false; readonly problem: string };

function readParams<S extends Schema>(schema: S, value: unknown, name: string): Read<v.InferOutput<S>> {
  const read = v.safeParse(schema, value);
  return read.success
    ? { isRead: true, value: read.output }
    : {
        isRead: false,
        problem: l10n.t('{0} does not match the protocol: {1}', name, v.summarize(read.issues)),
      };
}
