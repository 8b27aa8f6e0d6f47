import type * as vscode from 'vscode';

/** Waits for a job, or until nobody waits for its outcome any more; whether the job was done. */
export async function untilCancelled(
  job: Promise<unknown>,
  token: vscode.CancellationToken,
): Promise<boolean> {
  if (token.isCancellationRequested) return false;
  let stop: vscode.Disposable | undefined;
  const cancelled = new Promise<void>(resolve => {
    stop = token.onCancellationRequested(() => {
      resolve();
    });
  });
  try {
    await Promise.race([job, cancelled]);
    return !token.isCancellationRequested;
  } finally {
    stop?.dispose();
  }
}
