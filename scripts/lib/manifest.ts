import { THRESHOLDS } from '../../src/advisor/thresholds';
import { TOOLS, TOOL_NAMES } from '../../src/agents/tool-definitions';
import { schemaOf } from '../../src/agents/tool-input';
import { DIAGRAM_PANEL, PANELS, TOOL_IDS } from '../../src/extension/contributions';
import { EDITOR_FIELDS, TOOL_PRESENTATION } from '../../src/extension/features/agents/editor-tool-fields';
import { knownLanguages } from '../../src/language/languages/language-registry';

/** Settings and style sheets, some of which VS Code opens by itself: they are read, but start nothing. */
const STARTS_NOTHING: ReadonlySet<string> = new Set([
  ...['jsonc', 'json5', 'ini', 'properties', 'dotenv', 'ignore', 'editorconfig'],
  ...['css', 'scss', 'less', 'stylus'],
]);

/**
 * When VS Code starts the extension: with a notebook, a file in a language whose comments it knows in detail, or a
 * window whose panels are to be brought back.
 */
export function activationEvents(): string[] {
  const languages = knownLanguages().filter(language => !STARTS_NOTHING.has(language));
  return [
    'onNotebook:jupyter-notebook',
    ...[...Object.values(PANELS), DIAGRAM_PANEL].map(panel => `onWebviewPanel:${panel}`),
    ...languages.sort().map(language => `onLanguage:${language}`),
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

/** The tools as VS Code offers them to language models; their titles stand in package.nls.json. */
export function languageModelTools(): object[] {
  return TOOL_NAMES.map(name => ({
    name: TOOL_IDS[name],
    displayName: `%tool.${name}.title%`,
    userDescription: `%tool.${name}.description%`,
    modelDescription: TOOLS[name].description,
    canBeReferencedInPrompt: true,
    toolReferenceName: TOOL_PRESENTATION[name].reference,
    icon: TOOL_PRESENTATION[name].icon,
    tags: ['machine-learning', 'strategy-advisor'],
    inputSchema: schemaOf(EDITOR_FIELDS[name]),
  }));
}
