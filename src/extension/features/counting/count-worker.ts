// The thread that counts data for the editor, started by counter.ts.
import { parentPort, workerData } from 'node:worker_threads';
import * as l10n from '@vscode/l10n';
import { errorMessage } from '../../../common/errors';
import { countIfChanged } from './count-if-changed';
import { check, reader } from '../../../common/validation';
import {
  type FromCountWorker,
  type ToCountWorker,
  countWorkerData,
  toCountWorker,
} from '../../../protocol/counting';

const started = check(countWorkerData, workerData);
if (started.ok) l10n.config({ contents: started.value.messages });

const running = new Map<number, AbortController>();
const send = (message: FromCountWorker): void => parentPort?.postMessage(message);

const readMessage = reader(toCountWorker);

parentPort?.on('message', (sent: unknown) => {
  const message = readMessage(sent);
  if (!message) return;
  if (message.kind === 'cancel') running.get(message.id)?.abort();
  else void count(message);
});

async function count({ id, counting, knownStamp }: Extract<ToCountWorker, { kind: 'count' }>): Promise<void> {
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
