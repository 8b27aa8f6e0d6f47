import * as l10n from '@vscode/l10n';

/** Sets the translations (a bundle's JSON) of the messages of this layer, which is bundled apart. */
export function setMessages(contents: string): void {
  l10n.config({ contents });
}
