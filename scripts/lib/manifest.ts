import { TOOLS, TOOL_NAMES } from '../../src/agents/tool-definitions';
import { DIAGRAM_PANEL, PANELS, TOOL_IDS } from '../../src/extension/contributions';
import { TOOL_PRESENTATION } from '../../src/extension/features/agents/editor-tool-fields';
import { SECTION, SETTINGS, type SettingName } from '../../src/protocol/settings';
import { EDITOR_TOOL_INPUTS } from '../../src/protocol/agent-tools';
import { plainSchema } from './json-schemas';
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

/** The settings as the settings editor offers them; their descriptions stand in package.nls.json. */
export function settingProperties(): Record<string, object> {
  return Object.fromEntries(
    Object.entries(SETTINGS).map(([name, spec], order) => [
      `${SECTION}.${name}`,
      settingProperty(name, spec, order + 1),
    ]),
  );
}

function settingProperty(
  name: string,
  spec: (typeof SETTINGS)[SettingName] & { readonly markdown?: true },
  order: number,
): object {
  const key = `configuration.${name}`;
  const { required: _, enum: values, ...schema } = plainSchema(spec.schema);
  return {
    ...schema,
    ...(values && {
      enum: values,
      enumDescriptions: values.filter(each => typeof each === 'string').map(each => `%${key}.${each}%`),
    }),
    default: spec.default,
    scope: spec.scope,
    order,
    [spec.markdown ? 'markdownDescription' : 'description']: `%${key}%`,
  };
}

/** Settings that decide what runs: in Restricted Mode their values in a workspace do not count. */
export function restrictedConfigurations(): string[] {
  return Object.entries(SETTINGS).flatMap(([name, spec]) =>
    'restricted' in spec ? [`${SECTION}.${name}`] : [],
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
    inputSchema: plainSchema(EDITOR_TOOL_INPUTS[name]),
  }));
}
