import { readFileSync } from 'node:fs';
import path from 'node:path';
import { THRESHOLDS } from '../../src/advisor/thresholds';
import { isRecord, parseJson } from '../../src/common/validation';
import { projectFile } from '../../src/protocol/project-file';
import { root } from '../../test/vscode/paths';
import { plainSchema } from './json-schemas';

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  $schema: 'The JSON schema of this file.',
  tieMargin:
    'The largest difference between strategies of a pilot that counts as a tie, as a part of the metric: 0.03 is three points of accuracy. Default: 0.03.',
  sizeTolerance:
    'How far a stated size may be from the counted one before it is reported, as a part of the counted size. Default: 0.05.',
  costs:
    'What each strategy costs, relative to the others; one that is not named costs 1. Among strategies that tie in a pilot, the cheapest is recommended. Without this: single-task training, else the fastest to train.',
  thresholds: 'The figures that the advice turns on, where yours differ from the published ones.',
};

/** What editors complete and check a project file by. */
export function configSchema(): object {
  const { properties = {}, ...schema } = plainSchema(projectFile);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'The figures that a project sets for Strategy Advisor',
    ...schema,
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, each]) => [
        name,
        {
          ...(name === 'thresholds' ? withDescriptions(each) : isRecord(each) ? each : {}),
          description: DESCRIPTIONS[name],
        },
      ]),
    ),
  };
}

/** The thresholds with the words of the settings editor and the published values. */
function withDescriptions(schema: unknown): object {
  if (!isRecord(schema) || !isRecord(schema['properties'])) return {};
  const texts = parseJson(readFileSync(path.join(root, 'package.nls.json'), 'utf8'));
  const published: ReadonlyMap<string, { readonly value: number }> = new Map(Object.entries(THRESHOLDS));
  const properties: Record<string, object> = {};
  for (const [name, each] of Object.entries(schema['properties'])) {
    const description = isRecord(texts) ? texts[`configuration.thresholds.${name}`] : undefined;
    properties[name] = { ...(isRecord(each) ? each : {}), default: published.get(name)?.value, description };
  }
  return { ...schema, properties };
}
