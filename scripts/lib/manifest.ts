import { THRESHOLDS } from '../../src/advisor/thresholds';
import { knownLanguages } from '../../src/annotations/languages/lookup';

/** Settings and style sheets, some of which VS Code opens by itself: they are read, but start nothing. */
const STARTS_NOTHING: ReadonlySet<string> = new Set([
  ...['jsonc', 'json5', 'ini', 'properties', 'dotenv', 'ignore', 'editorconfig'],
  ...['css', 'scss', 'less', 'stylus'],
]);

/** When VS Code starts the extension: with a notebook, or a file in a language whose comments it knows in detail. */
export function activationEvents(): string[] {
  const languages = knownLanguages().filter(language => !STARTS_NOTHING.has(language));
  return ['onNotebook:jupyter-notebook', ...languages.sort().map(language => `onLanguage:${language}`)];
}

/** The thresholds as the settings editor offers them; their descriptions stand in package.nls.json. */
export function thresholdProperties(): Record<string, object> {
  return Object.fromEntries(
    Object.entries(THRESHOLDS).map(([name, { value }]) => [
      name,
      {
        type: 'number',
        exclusiveMinimum: 0,
        default: value,
        description: `%configuration.thresholds.${name}%`,
      },
    ]),
  );
}
