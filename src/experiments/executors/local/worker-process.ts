// A process that runs jobs, one after the other, for as long as the run that started it lives.
import * as l10n from '@vscode/l10n';
import { errorMessage } from '../../../common/errors';
import { runJob } from '../../../training';
import { assertAllowed } from '../../../trust/gate';
import { isTrustError } from '../../../trust/trust-errors';
import { codeOfJob } from '../../consent/named-code';
import { isRunError } from '../../experiment-errors';
import { beatPipe } from '../../store/pulse';
import { runProgram } from '../../programs/run-program';
import { performJob } from './perform-job';
import { endTree, ownMark } from './process-tree';
import { LIFE } from './worker';
import { type WorkerOrder, type WorkerReport, workerOrder } from '../../../protocol/worker-messages';
import { reader } from '../../../common/validation';

const tell = (report: WorkerReport): void => {
  process.send?.(report);
};

const readOrder = reader(workerOrder);

const mark = ownMark();

/** Ends this process and all that it has started. */
function endAll(): void {
  endTree({ root: process.pid, fate: 'end', ...(mark === undefined ? {} : { mark }) });
  process.exit(1);
}

if (mark !== undefined) beatPipe(LIFE);

// Whoever started this process is gone, killed perhaps: nobody reads what it does any more.
process.on('disconnect', endAll);
// Not the terminal's Ctrl-C, but the run, says when to stop.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', endAll);

process.on('message', (message: unknown) => {
  const order = readOrder(message);
  if (order) void perform(order);
});

async function perform({ run, job, cache, allowed, messages }: WorkerOrder): Promise<void> {
  l10n.config({ contents: messages });
  try {
    const outcome = await performJob(
      {
        run,
        job,
        cache,
        onEvent(event) {
          tell({ kind: 'event', job, event });
        },
        signal: new AbortController().signal,
      },
      async (spec, context) => {
        const check = (): Promise<void> => assertAllowed(codeOfJob(spec), allowed);
        if (spec.kind === 'trial' && spec.program)
          return runProgram({ ...spec, program: spec.program }, context, check);
        await check();
        return runJob(spec, context);
      },
    );
    tell(
      outcome.kind === 'finished'
        ? { kind: 'finished', job }
        : { kind: 'failed', job, failure: outcome.failure },
    );
  } catch (error) {
    const code = isRunError(error) || isTrustError(error) ? error.code : 'error';
    tell({ kind: 'fatal', job, code, message: errorMessage(error) });
  }
}

tell({ kind: 'ready' });
