import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';

/** Why something that was asked of the host did not work, and a way to ask again. */
export function Failure({
  message,
  retry,
}: {
  readonly message: string;
  readonly retry?: () => void;
}): VNode {
  return (
    <div class="failed">
      <p class="failure" role="alert">
        {message}
      </p>
      {retry && (
        <button type="button" class="plain" onClick={retry}>
          {l10n.t('Try Again')}
        </button>
      )}
    </div>
  );
}
