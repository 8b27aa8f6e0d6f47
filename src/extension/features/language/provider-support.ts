import type * as vscode from 'vscode';
import { knownLanguages } from '../../../language/languages/language-registry';

/**
 * Selects documents of every language. VS Code asks providers that name a document's language before those that name
 * all, and in places goes no further than the first answer: the languages are named as well.
 */
export const ANY_LANGUAGE: vscode.DocumentSelector = ['*', ...knownLanguages()];

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
