// The thread that counts data for the editor, started by counter.ts.
import { parentPort, workerData } from 'node:worker_threads';
import * as l10n from '@vscode/l10n';
import { errorMessage } from '../../../common/errors';
import { countIfChanged } from './count-if-changed';
import type { FromWorker, ToWorker, WorkerData } from './count-protocol';

l10n.config({ contents: (workerData as WorkerData).messages });

const running = new Map<number, AbortController>();
const send = (message: FromWorker): void => parentPort?.postMessage(message);

parentPort?.on('message', (message: ToWorker) => {
  if (message.kind === 'cancel') running.get(message.id)?.abort();
  else void count(message);
});

async function count({ id, counting, knownStamp }: Extract<ToWorker, { kind: 'count' }>): Promise<void> {
  const controller = new AbortController();
  running.set(id, controller);
  try {
    const counted = await countIfChanged(counting, knownStamp, controller.signal);
    send(counted === 'unchanged' ? { kind: 'unchanged', id } : { kind: 'counted', id, ...counted });
  } catch (error) {
    send({ kind: 'failed', id, message: errorMessage(error) });
  } finally {
    running.delete(id);
  }
}
