import { THRESHOLDS } from '../../src/advisor/thresholds';
import { knownLanguages } from '../../src/annotations/languages/lookup';

/** When VS Code starts the extension: with a notebook, or a file in a language whose comments it knows in detail. */
export function activationEvents(): string[] {
  return [
    'onNotebook:jupyter-notebook',
    ...[...knownLanguages()].sort().map(language => `onLanguage:${language}`),
  ];
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
