import { TOOL_NAMES } from '../../../src/agents/tool-definitions';
import { TOOL_IDS } from '../../../src/extension/contributions';
import { TOOL_PRESENTATION } from '../../../src/extension/features/agents/editor-tool-fields';
import { TOOL_INPUTS } from '../../../src/protocol/agent-tools';
import { plainSchema } from '../json-schemas';
import { code, table } from './markdown';
import { textOf } from './texts';

/** Each tool by its names, with what it is for. */
export function toolTable(): string {
  const rows = TOOL_NAMES.map(name => [
    code(name),
    code(TOOL_IDS[name]),
    code(`#${TOOL_PRESENTATION[name].reference}`),
    textOf(`tool.${name}.description`),
  ]);
  return table(['over MCP', 'in the editor', 'in a prompt', 'what it says'], rows);
}

/** What each tool takes, as models are told. */
export function fieldTable(): string {
  const rows = TOOL_NAMES.flatMap(tool => {
    const { properties = {}, required = [] } = plainSchema(TOOL_INPUTS[tool]);
    return Object.entries(properties).map(([name, field]) => [
      code(tool),
      code(name),
      typeof field === 'object' && field.type === 'number' ? 'number' : 'string',
      required.includes(name) ? 'yes' : 'no',
      typeof field === 'object' ? (field.description ?? '') : '',
    ]);
  });
  return table(['tool', 'value', 'type', 'needed', 'what it is'], rows);
}
