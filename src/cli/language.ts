import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import type { Io } from './io';
import { packageRoot } from './package';

export const LANGUAGES = ['en', 'ko'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The language asked for with `--lang`, before anything else is read; else that of the environment. */
export function chooseLanguage(args: readonly string[], env: Io['env']): Language {
  const asked = args.flatMap((arg, i) =>
    arg === '--lang' ? [args[i + 1] ?? ''] : arg.startsWith('--lang=') ? [arg.slice('--lang='.length)] : [],
  )[0];
  const wanted = asked ?? [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(Boolean) ?? '';
  return LANGUAGES.find(language => wanted.toLowerCase().startsWith(language)) ?? 'en';
}

let current = '{}';
let chosen: Language = 'en';

/** The translations that are in use, for parts that are loaded later. */
export function messages(): string {
  return current;
}

/** The language that is in use. */
export function chosenLanguage(): Language {
  return chosen;
}

/** Texts are English from here on, or what the bundle of the language says; English where there is none. */
export function setLanguage(language: Language): void {
  chosen = language;
  current = language === 'en' ? '{}' : bundle(language);
  l10n.config({ contents: current });
}

function bundle(language: Language): string {
  try {
    return readFileSync(path.join(packageRoot(), 'l10n', `bundle.l10n.${language}.json`), 'utf8');
  } catch {
    return '{}';
  }
}
