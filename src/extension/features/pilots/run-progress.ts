import * as vscode from 'vscode';
import { errorMessage } from '../../../common/errors';
import { createRunReader, followState, outcomeOf } from '../../../experiments';
import { queueText, timeText } from '../../../experiments/report/run-summary-text';
import type { RunOutcome } from '../../../protocol/run-files';
import { showErrorMessage, type withProgress } from '../../user-interface';

type Progress = Parameters<Parameters<typeof withProgress>[1]>[0];

export interface RunProgressOptions {
  readonly progress: Progress;
  readonly channel: vscode.LogOutputChannel;
  /** Ends the following, not the run. */
  readonly signal: AbortSignal;
}

/**
 * Shows how far a run is that goes on in a process of its own, until its end; what it has come to, or `undefined` where
 * it is not followed to its end.
 */
export async function showRunProgress(
  folder: string,
  { progress, channel, signal }: RunProgressOptions,
): Promise<RunOutcome | undefined> {
  let shown = 0;
  try {
    await followState(
      folder,
      ({ state, finished, total, newlyFinished, newlyFailed }) => {
        for (const { id, message } of newlyFailed) channel.error(`${id}: ${message}`);
        for (const job of newlyFinished)
          channel.info(vscode.l10n.t('{0} finished ({1} of {2})', job, finished, total));
        const { progress: known, queue } = state;
        const left =
          known?.secondsLeft === undefined ? [] : [vscode.l10n.t('{0} left', timeText(known.secondsLeft))];
        const waiting = queue ? [queueText(queue)] : [];
        const now = (100 * finished) / Math.max(1, total);
        const message = [vscode.l10n.t('{0} of {1} trials', finished, total), ...left, ...waiting].join(
          ' · ',
        );
        progress.report({ message, increment: now - shown });
        shown = now;
      },
      { signal },
    );
    if (signal.aborted) return undefined;
    const outcome = outcomeOf(folder, await createRunReader(folder).read());
    if (outcome.message !== undefined) channel.info(outcome.message);
    return outcome;
  } catch (error) {
    if (signal.aborted) return undefined;
    channel.error(errorMessage(error));
    void showErrorMessage(errorMessage(error));
    return undefined;
  }
}
