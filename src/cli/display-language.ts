import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { isRecord, parseJson } from '../common/validation';
import type { Io } from './terminal';

/** The folder of this program's package.json: above `dist/` as it ships, above `src/cli/` in development. */
function packageRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, 'package.json'))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error('The package.json of strategy-advisor is missing.');
    folder = parent;
  }
  return folder;
}

export function packageVersion(): string {
  const text = readFileSync(path.join(packageRoot(), 'package.json'), 'utf8');
  const manifest = parseJson(text);
  if (isRecord(manifest) && typeof manifest['version'] === 'string') return manifest['version'];
  throw new Error('The package.json of strategy-advisor says no version.');
}

export const DISPLAY_LANGUAGES = ['en', 'ko'] as const;
export type DisplayLanguage = (typeof DISPLAY_LANGUAGES)[number];

/** The language asked for with `--lang`, before anything else is read; else that of the environment. */
export function chooseLanguage(args: readonly string[], env: Io['env']): DisplayLanguage {
  const asked = args.flatMap((arg, i) =>
    arg === '--lang' ? [args[i + 1] ?? ''] : arg.startsWith('--lang=') ? [arg.slice('--lang='.length)] : [],
  )[0];
  const wanted = asked ?? [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(Boolean) ?? '';
  return DISPLAY_LANGUAGES.find(language => wanted.toLowerCase().startsWith(language)) ?? 'en';
}

let currentTranslations = '{}';
let currentLanguage: DisplayLanguage = 'en';

/** The translations that are in use, for the processes that run trials. */
export function translations(): string {
  return currentTranslations;
}

/** The language that is in use. */
export function chosenLanguage(): DisplayLanguage {
  return currentLanguage;
}

/** Texts are English from here on, or what the bundle of the language says; English where there is none. */
export function setLanguage(language: DisplayLanguage): void {
  currentLanguage = language;
  currentTranslations = language === 'en' ? '{}' : readTranslations(language);
  l10n.config({ contents: currentTranslations });
}

function readTranslations(language: DisplayLanguage): string {
  try {
    return readFileSync(path.join(packageRoot(), 'l10n', `bundle.l10n.${language}.json`), 'utf8');
  } catch {
    return '{}';
  }
}
