import { isRecord } from '../../src/common/validation';
import { projectFile } from '../../src/protocol/project-file';
import { plainSchema } from './json-schemas';

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  $schema: 'The JSON schema of this file.',
  tieMargin:
    'The largest difference between strategies of a pilot that counts as a tie, as a part of the metric: 0.03 is three points of accuracy. Default: 0.03.',
  sizeTolerance:
    'How far a stated size may be from the counted one before it is reported, as a part of the counted size. Default: 0.05.',
  costs:
    'What each strategy costs, relative to the others; one that is not named costs 1. Among strategies that tie in a pilot, the cheapest is recommended. Without this: single-task training, else the fastest to train.',
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
          ...(isRecord(each) ? each : {}),
          description: DESCRIPTIONS[name],
        },
      ]),
    ),
  };
}
