import assert from 'node:assert/strict';
import * as v from 'valibot';
import {
  type HostEnd,
  type NotificationHandlers,
  type PageEnd,
  type RequestHandlers,
  createHostEnd,
  createPageEnd,
  nothing,
  requestSchema,
} from '../../../src/ui/page-channel';

const schema = {
  requests: {
    double: requestSchema(v.number(), v.number()),
    open: requestSchema(nothing, v.object({ name: v.string() })),
    slow: requestSchema(nothing, nothing, { timeLimit: 5 }),
  },
  notifications: { grown: v.object({ by: v.number() }) },
};

type Schema = typeof schema;

interface Ends {
  readonly page: PageEnd<Schema>;
  readonly host: HostEnd<Schema>;
  /** What the host was told of its own, and what each end left out. */
  readonly grown: number[];
  readonly problems: string[];
  /** Messages to the page, as they were posted. */
  readonly posted: unknown[];
}

/** Both ends, joined by copies as VS Code makes them. */
function connect(handlers: Partial<RequestHandlers<Schema>> = {}): Ends {
  const [grown, problems, posted]: [number[], string[], unknown[]] = [[], [], []];
  const onProblem = (problem: string): void => {
    problems.push(problem);
  };
  const told: NotificationHandlers<Schema> = {
    grown({ by }) {
      grown.push(by);
    },
  };
  const page: PageEnd<Schema> = createPageEnd(schema, told, {
    post(message) {
      queueMicrotask(() => {
        host.receive(structuredClone(message));
      });
    },
    onProblem,
  });
  const host: HostEnd<Schema> = createHostEnd(
    schema,
    {
      double: value => 2 * value,
      open: () => Promise.resolve({ name: 'a' }),
      slow: () => undefined,
      ...handlers,
    },
    {
      post(message) {
        posted.push(message);
        queueMicrotask(() => {
          page.receive(structuredClone(message));
        });
      },
      onProblem,
    },
  );
  return { page, host, grown, problems, posted };
}

describe('the channel between a page and its host', () => {
  it('answers each request, whatever the order of the answers', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>(resolve => {
      release = resolve;
    });
    const { page } = connect({
      async double(value) {
        if (value === 1) await held;
        else release();
        return 2 * value;
      },
    });
    assert.deepEqual(
      await Promise.all([page.request('double', 1), page.request('double', 2), page.request('open')]),
      [2, 4, { name: 'a' }],
    );
  });

  it('rejects at the caller with the message of what a handler throws, at once or later', async () => {
    const { page } = connect({
      open() {
        throw new Error('The disk is full.');
      },
      double: () => Promise.reject(new Error('Not today.')),
    });
    await assert.rejects(page.request('open'), { message: 'The disk is full.' });
    await assert.rejects(page.request('double', 1), { message: 'Not today.' });
  });

  it('rejects where no answer comes in time, and leaves out the answer that comes late', async () => {
    let release = (): void => undefined;
    const { page, problems } = connect({
      slow: () =>
        new Promise<undefined>(resolve => {
          release = () => {
            resolve(undefined);
          };
        }),
    });
    await assert.rejects(page.request('slow'), /No response within 1 seconds/);
    release();
    await new Promise(resolve => setTimeout(resolve));
    assert.deepEqual(problems, []);
  });

  it('refuses requests that are unknown, inherited names too, and parameters that do not fit', async () => {
    const { host, posted } = connect();
    for (const name of ['delete', 'constructor', '__proto__'])
      host.receive({ type: 'request', id: name, name });
    host.receive({ type: 'request', id: 'text', name: 'double', params: '1' });
    await new Promise(resolve => setTimeout(resolve));
    assert.deepEqual(posted.slice(0, 3), [
      { type: 'failure', id: 'delete', message: 'Unknown request: delete' },
      { type: 'failure', id: 'constructor', message: 'Unknown request: constructor' },
      { type: 'failure', id: '__proto__', message: 'Unknown request: __proto__' },
    ]);
    assert.match(JSON.stringify(posted[3]), /double does not match the protocol/);
  });

  it('rejects an answer that does not fit', async () => {
    const wrong: unknown = { name: 1 };
    const { page } = connect({ open: () => wrong as { name: string } });
    await assert.rejects(page.request('open'), /open does not match the protocol/);
  });

  it('hands on what the host tells, and nothing that does not fit', async () => {
    const { page, host, grown, problems } = connect();
    host.notify('grown', { by: 2 });
    await new Promise(resolve => setTimeout(resolve));
    assert.deepEqual(grown, [2]);
    page.receive({ type: 'notification', name: 'grown', params: { by: 'much' } });
    page.receive({ type: 'notification', name: 'toString' });
    page.receive({ source: 'an extension of the browser' });
    page.receive(undefined);
    assert.deepEqual(grown, [2]);
    assert.equal(problems.length, 4);
  });

  it('takes no answer to what another page asked before it', () => {
    const ids: string[] = [];
    const ask = (): Promise<number> =>
      createPageEnd(
        schema,
        { grown: () => undefined },
        {
          post({ id }) {
            ids.push(id);
          },
          onProblem: () => undefined,
        },
      ).request('double', 1);
    ask().catch(() => undefined);
    ask().catch(() => undefined);
    assert.notEqual(ids[0], ids[1]);
  });

  it('refuses what waits when it is closed, and all that is asked later', async () => {
    const { page } = connect({ slow: () => new Promise(() => undefined) });
    const asked = page.request('slow');
    page.close();
    await assert.rejects(asked, /closed/);
    await assert.rejects(page.request('open'), /closed/);
  });
});
