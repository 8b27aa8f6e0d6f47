import * as l10n from '@vscode/l10n';

// What the system refuses: memory, files, places to write to.

export function outputNotWritten(reason: string): string {
  return l10n.t('Cannot write the output: {0}', reason);
}

export function notEnoughAddressSpace(reason: string): string {
  return l10n.t(
    'Not enough memory: {0}. If the address space is limited (`ulimit -v`), raise the limit: WebAssembly reserves 10 GB of addresses for each memory without using them.',
    reason,
  );
}

export function systemRefused(reason: string): string {
  return l10n.t('The system refused an operation: {0}', reason);
}
