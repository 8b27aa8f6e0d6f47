import { THRESHOLDS, type ThresholdName, type Thresholds } from '../advisor/thresholds';
import type { ToolName } from '../agents/tool-definitions';
import { DEFAULT_TOLERANCE } from '../workspace/stale-sizes';

/** Every command, as `package.json` names it. */
export const COMMANDS = {
  showAdvice: 'strategyAdvisor.showAdvice',
  copyAdvice: 'strategyAdvisor.copyAdvice',
  showLog: 'strategyAdvisor.showLog',
  insertAnnotations: 'strategyAdvisor.insertAnnotations',
  createExample: 'strategyAdvisor.createExample',
  openWalkthrough: 'strategyAdvisor.openWalkthrough',
  openData: 'strategyAdvisor.openData',
  updateSize: 'strategyAdvisor.updateSize',
  showDiagram: 'strategyAdvisor.showDiagram',
} as const;

/** As VS Code knows the extension. */
export const EXTENSION_ID = 'strategy-advisor.strategy-advisor';

/** The panel of a diagram, by the type that VS Code brings it back by. */
export const DIAGRAM_PANEL = 'strategyAdvisor.diagram';

/** The view that shows the problem as a whole. */
export const OVERVIEW = 'strategyAdvisor.overview';

export type Command = (typeof COMMANDS)[keyof typeof COMMANDS];

/** The prefix of every setting. */
export const SECTION = 'strategyAdvisor';

export const EXECUTORS = ['local', 'slurm'] as const;

/** Every setting with the type of its value. */
export interface Settings {
  readonly 'overview.enabled': boolean;
  readonly 'statusBar.enabled': boolean;
  readonly 'codeLens.enabled': boolean;
  readonly 'hover.enabled': boolean;
  readonly 'diagnostics.enabled': boolean;
  readonly 'completion.enabled': boolean;
  readonly 'navigation.enabled': boolean;
  readonly 'inlayHints.enabled': boolean;
  readonly 'outline.enabled': boolean;
  readonly 'links.enabled': boolean;
  readonly 'refactorings.enabled': boolean;
  readonly 'datasets.enabled': boolean;
  /** Part of the counted size by which a stated one may be off. */
  readonly 'datasets.tolerance': number;
  /** What runs the trials of pilots and trainings. */
  readonly 'pilots.executor': (typeof EXECUTORS)[number];
  /** Options of `sbatch`, as one text. */
  readonly 'pilots.slurmOptions': string;
  /** Whether a run that is started shows its charts. */
  readonly 'charts.openOnStart': boolean;
  /** The user's own values; a threshold that is not named keeps its published one. */
  readonly thresholds: Partial<Thresholds>;
}

export type SettingName = keyof Settings;

/** A setting that has no value of its type, and what counts instead. */
export interface BadValue {
  /** The full name, as it stands in `settings.json`. */
  readonly setting: string;
  readonly value: unknown;
  readonly expected: 'boolean' | 'positive number' | 'object' | 'threshold' | 'executor' | 'text';
}

interface Reading<T> {
  readonly value: T;
  readonly bad: readonly BadValue[];
}

interface SettingSpec<T> {
  readonly default: T;
  readonly read: (setting: string, value: unknown) => Reading<T>;
}

const on: SettingSpec<boolean> = {
  default: true,
  read: (setting, value) =>
    typeof value === 'boolean'
      ? { value, bad: [] }
      : { value: true, bad: [{ setting, value, expected: 'boolean' }] },
};

/** Every setting: its default and how a value is checked. */
export const SETTINGS: { readonly [N in SettingName]: SettingSpec<Settings[N]> } = {
  'overview.enabled': on,
  'statusBar.enabled': on,
  'codeLens.enabled': on,
  'hover.enabled': on,
  'diagnostics.enabled': on,
  'completion.enabled': on,
  'navigation.enabled': on,
  'inlayHints.enabled': on,
  'outline.enabled': on,
  'links.enabled': on,
  'refactorings.enabled': on,
  'datasets.enabled': on,
  'datasets.tolerance': {
    default: DEFAULT_TOLERANCE,
    read: (setting, value) =>
      typeof value === 'number' && Number.isFinite(value) && value > 0
        ? { value, bad: [] }
        : { value: DEFAULT_TOLERANCE, bad: [{ setting, value, expected: 'positive number' }] },
  },
  'pilots.executor': {
    default: 'local',
    read(setting, value) {
      const known = EXECUTORS.find(each => each === value);
      return known
        ? { value: known, bad: [] }
        : { value: 'local', bad: [{ setting, value, expected: 'executor' }] };
    },
  },
  'pilots.slurmOptions': {
    default: '',
    read: (setting, value) =>
      typeof value === 'string'
        ? { value, bad: [] }
        : { value: '', bad: [{ setting, value, expected: 'text' }] },
  },
  'charts.openOnStart': on,
  thresholds: { default: {}, read: readThresholds },
};

/** Keeps the good values of an object and reports the others one by one. */
function readThresholds(setting: string, value: unknown): Reading<Partial<Thresholds>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { value: {}, bad: [{ setting, value, expected: 'object' }] };
  const kept: Partial<Record<ThresholdName, number>> = {};
  const bad: BadValue[] = [];
  for (const [name, own] of Object.entries(value as Record<string, unknown>)) {
    const place = `${setting}.${name}`;
    if (!isThreshold(name)) bad.push({ setting: place, value: own, expected: 'threshold' });
    else if (typeof own === 'number' && Number.isFinite(own) && own > 0) kept[name] = own;
    else bad.push({ setting: place, value: own, expected: 'positive number' });
  }
  return { value: kept, bad };
}

function isThreshold(name: string): name is ThresholdName {
  return Object.hasOwn(THRESHOLDS, name);
}

/** The commands of the overview; the bundle that does them is loaded with the first. */
export const OVERVIEW_COMMANDS = {
  insertAnnotations: COMMANDS.insertAnnotations,
  createExample: COMMANDS.createExample,
  openWalkthrough: COMMANDS.openWalkthrough,
  openData: COMMANDS.openData,
  updateSize: COMMANDS.updateSize,
} as const;

export type OverviewCommand = keyof typeof OVERVIEW_COMMANDS;

/** What is done with runs in the palette; the bundle that does it is loaded with the first. */
export const PILOT_COMMANDS = {
  runPilot: 'strategyAdvisor.runPilot',
  train: 'strategyAdvisor.train',
  trainWinner: 'strategyAdvisor.trainWinner',
  stopRun: 'strategyAdvisor.stopRun',
  resumeRun: 'strategyAdvisor.resumeRun',
  openRun: 'strategyAdvisor.openRun',
  showRuns: 'strategyAdvisor.showRuns',
} as const;

export type PilotCommand = keyof typeof PILOT_COMMANDS;

/** The panels that the same bundle fills, by the types that VS Code brings them back by. */
export const PANELS = {
  run: 'strategyAdvisor.run',
  runs: 'strategyAdvisor.runs',
} as const;

export type PanelKind = keyof typeof PANELS;

/** What VS Code and language models know the tools by: in an editor, tools of all extensions meet. */
export const TOOL_IDS: Readonly<Record<ToolName, string>> = {
  advise: 'strategy-advisor_advise',
  count_dataset: 'strategy-advisor_count_dataset',
  what_if: 'strategy-advisor_what_if',
};
