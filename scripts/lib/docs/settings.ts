import manifest from '../../../package.json';
import { code, table } from './markdown';
import { textOf } from './texts';

interface Setting {
  readonly type: string;
  readonly default: unknown;
  readonly scope: string;
  readonly description?: string;
  readonly markdownDescription?: string;
}

const { commands, configuration } = manifest.contributes;
const PROPERTIES: Readonly<Record<string, Setting>> = configuration.properties;

/** Each setting with its type, default and meaning. */
export function settingTable(): string {
  const rows = Object.entries(PROPERTIES).map(([name, setting]) => [
    code(name),
    setting.type,
    code(JSON.stringify(setting.default)),
    textOf(setting.markdownDescription ?? setting.description ?? ''),
  ]);
  return table(['setting', 'type', 'default', 'what it does'], rows);
}

/** Each command as the command palette calls it. */
export function commandTable(): string {
  const rows = commands.map(({ command, title, category }) => [
    `${category}: ${textOf(title)}`,
    code(command),
  ]);
  return table(['command', 'id'], rows);
}
