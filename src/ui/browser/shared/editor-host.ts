/** The half of VS Code that a page talks to. */
export interface Host<Message, State> {
  readonly postMessage: (message: Message) => void;
  readonly setState: (state: State) => void;
  readonly getState: () => unknown;
}

declare function acquireVsCodeApi<Message, State>(): Host<Message, State>;

/** May be called once in the life of a page. */
export function findHost<Message, State>(): Host<Message, State> {
  return acquireVsCodeApi<Message, State>();
}

/** Told of each message that fits; others are left out. */
export function onMessage<Message>(
  read: (value: unknown) => Message | undefined,
  take: (message: Message) => void,
): void {
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const message = read(data);
    if (message === undefined) console.error('A message from the host does not fit the protocol.');
    else take(message);
  });
}
