import { readFileSync } from 'node:fs';
import path from 'node:path';
import { THRESHOLDS } from '../../src/advisor/thresholds';
import { isRecord, parseJson } from '../../src/common/validation';
import { projectFile } from '../../src/protocol/project-file';
import { root } from '../../test/vscode/paths';
import { plainSchema } from './json-schemas';

/** schemas/config.schema.json: what editors complete and check a project file by. */
export function configSchema(): string {
  const { properties = {}, ...schema } = plainSchema(projectFile);
  const { thresholds, ...others } = properties;
  const written = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'The figures that a project sets for Strategy Advisor',
    ...schema,
    properties: { ...others, thresholds: withDescriptions(thresholds) },
  };
  return `${JSON.stringify(written, undefined, 2)}\n`;
}

/** The thresholds with the words of the settings editor and the published values. */
function withDescriptions(schema: unknown): unknown {
  if (!isRecord(schema) || !isRecord(schema['properties'])) return schema;
  const texts = parseJson(readFileSync(path.join(root, 'package.nls.json'), 'utf8'));
  const published: ReadonlyMap<string, { readonly value: number }> = new Map(Object.entries(THRESHOLDS));
  const properties = Object.entries(schema['properties']).map(([name, each]) => {
    const description = isRecord(texts) ? texts[`configuration.thresholds.${name}`] : undefined;
    return [name, { ...(isRecord(each) ? each : {}), default: published.get(name)?.value, description }];
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}
