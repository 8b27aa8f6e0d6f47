import * as v from 'valibot';
import { type Infer, check } from '../common/validation';

/** The prefix of every setting. */
export const SECTION = 'strategyAdvisor';

export const EXECUTORS = ['local', 'slurm'] as const;

/** The file that keeps a repository's own figures, so that every editor and terminal gives the same advice on it. */
export const PROJECT_FILE = 'strategy-advisor.config.json';
/** The other place for them: a key of this file. */
export const PACKAGE_FILE = 'package.json';

/** Part of the counted size by which a stated one may be off: rounded figures are no mistake. */
export const DEFAULT_TOLERANCE = 0.05;

export const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));

/** The text of a warning about a value of another type. */
export type Expected = 'boolean' | 'positive number' | 'executor' | 'text';

interface SettingSpec<S extends v.GenericSchema> {
  readonly schema: S;
  readonly default: Infer<S>;
  readonly expected: Expected;
  /** Whether each window, or each folder and file, has its own; a workspace cannot set what is the machine's. */
  readonly scope: 'window' | 'resource' | 'machine';
  /** It decides what runs, so that an untrusted workspace may not set it. */
  readonly restricted?: true;
  /** The description is Markdown. */
  readonly markdown?: true;
}

const switchedOn = {
  schema: v.boolean(),
  default: true,
  expected: 'boolean',
  scope: 'resource',
} as const satisfies SettingSpec<v.GenericSchema>;

/**
 * Every setting, in the order of the settings editor. `npm run manifest` writes `contributes.configuration` of
 * package.json from it; descriptions stand in package.nls.json.
 */
export const SETTINGS = {
  'codeLens.enabled': switchedOn,
  'hover.enabled': switchedOn,
  'diagnostics.enabled': switchedOn,
  'completion.enabled': switchedOn,
  'navigation.enabled': switchedOn,
  'inlayHints.enabled': switchedOn,
  'outline.enabled': switchedOn,
  'links.enabled': switchedOn,
  'refactorings.enabled': switchedOn,
  'overview.enabled': { ...switchedOn, scope: 'window' },
  'statusBar.enabled': switchedOn,
  'datasets.enabled': switchedOn,
  /** Part of the counted size by which a stated one may be off. */
  'datasets.tolerance': {
    schema: positive,
    default: DEFAULT_TOLERANCE,
    expected: 'positive number',
    scope: 'resource',
  },
  /** What runs the trials of pilots and trainings. */
  'pilots.executor': {
    schema: v.picklist(EXECUTORS),
    default: 'local',
    expected: 'executor',
    scope: 'resource',
    restricted: true,
  },
  /** Minutes that one trial of a pilot may take. */
  'pilots.trialLimit': {
    schema: positive,
    default: 360,
    expected: 'positive number',
    scope: 'resource',
    restricted: true,
  },
  /** Options of `sbatch`, as one text. */
  'pilots.slurmOptions': {
    schema: v.string(),
    default: '',
    expected: 'text',
    scope: 'machine',
    restricted: true,
    markdown: true,
  },
  /** Whether a run that is started shows its charts. */
  'charts.openOnStart': switchedOn,
} as const satisfies Readonly<Record<string, SettingSpec<v.GenericSchema>>>;

export type SettingName = keyof typeof SETTINGS;

/** Every setting with the type of its value. */
export type Settings = { readonly [N in SettingName]: Infer<(typeof SETTINGS)[N]['schema']> };

/** A setting that has no value of its type, and what is expected instead. */
export interface BadValue {
  /** The full name, as in `settings.json`. */
  readonly setting: string;
  readonly value: unknown;
  readonly expected: Expected;
}

export interface SettingReading<T> {
  readonly value: T;
  readonly bad: readonly BadValue[];
}

/** The value of a setting, or its default where a value is bad. */
export function readSetting<N extends SettingName>(name: N, value: unknown): SettingReading<Settings[N]>;
export function readSetting(name: SettingName, value: unknown): SettingReading<Settings[SettingName]> {
  const { schema, default: fallback, expected } = SETTINGS[name];
  if (value === undefined) return { value: fallback, bad: [] };
  const setting = `${SECTION}.${name}`;
  const read = check(schema, value);
  return read.ok ? { value: read.value, bad: [] } : { value: fallback, bad: [{ setting, value, expected }] };
}
