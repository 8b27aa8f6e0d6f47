import * as l10n from '@vscode/l10n';
import { DataError } from '../errors';
import { readWavHeader } from '../formats/audio/wav-header';
import type { Check } from './check';

/** Recordings that cannot be read. */
export function recordingCheck(path: string): Check {
  const unreadable: string[] = [];
  return {
    async observe({ block, row }) {
      try {
        await readWavHeader(block.text(row, 0) ?? '');
      } catch (error) {
        if (!(error instanceof DataError)) throw error;
        unreadable.push(l10n.t('{0}: {1}', error.where, error.message));
      }
    },
    finish(issues) {
      const message = l10n.t('{0}: recordings cannot be read', path);
      for (const where of unreadable) issues.add('error', 'unreadable-file', message, where);
    },
  };
}
