import { type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import * as advise from '../../src/protocol/advise-schema';
import { TOOL_INPUTS } from '../../src/protocol/agent-tools';
import * as check from '../../src/protocol/check-output';
import * as datasets from '../../src/protocol/datasets-output';
import * as pilot from '../../src/protocol/pilot-report';
import { runsOutput } from '../../src/protocol/runs-output';
import {
  STRATEGIES,
  figure,
  figures,
  reportedStrategy,
  strategy,
  unit,
  valueSchemaOf,
} from '../../src/protocol/schema-helpers';
import { configSchema } from './config-schema';
import * as whatIf from '../../src/protocol/what-if-output';

/** Schemas that several others use, by the names under which `definitions` has them. */
type Definitions = Readonly<Record<string, GenericSchema>>;

/** A schema as JSON Schema (draft 7) without its `$schema`. */
export function plainSchema(schema: GenericSchema, definitions: Definitions = {}): JsonSchema {
  const { $schema: _, ...converted } = convert(schema, definitions);
  return converted;
}

function convert(schema: GenericSchema, definitions: Definitions): JsonSchema {
  return toJsonSchema(schema, {
    typeMode: 'input',
    definitions: { ...definitions },
    errorMode: 'throw',
    // Infinity is no JSON, and what follows a custom check changes no shape.
    ignoreActions: ['finite', 'raw_transform', 'transform'],
    overrideSchema({ valibotSchema, jsonSchema }) {
      if (valibotSchema === figure.pipe[0]) return { type: 'number' };
      if (valibotSchema === reportedStrategy.pipe[0]) return { enum: [...STRATEGIES] };
      if (valibotSchema === figures.pipe[0]) return { type: 'array', items: { type: 'number' } };
      const values = valueSchemaOf(valibotSchema);
      if (values) return { type: 'object', additionalProperties: plainSchema(values) };
      // Language models do better with the type beside the values.
      if (valibotSchema.type === 'picklist' && jsonSchema.enum?.every(each => typeof each === 'string'))
        return { type: 'string', ...jsonSchema };
      // What this program writes has no other fields, though its readers pass over those that they do not know.
      return valibotSchema.type === 'object' ? { ...jsonSchema, additionalProperties: false } : undefined;
    },
  });
}

interface Published {
  readonly title: string;
  readonly description: string;
  readonly schema: GenericSchema;
  readonly definitions: Definitions;
}

/** What `schemas/NAME.schema.json` describe. */
const PUBLISHED: Readonly<Record<string, Published>> = {
  advise: {
    title: 'AdviseOutput',
    description: 'What `strategy-advisor advise --json` prints. Lines and columns count from 1.',
    schema: advise.adviseReport,
    definitions: {
      strategy,
      advice: advise.advice,
      condition: advise.condition,
      flip: advise.adviceChange,
      diagnostic: advise.diagnostic,
    },
  },
  datasets: {
    title: 'DatasetsOutput',
    description: 'What `strategy-advisor datasets --json` prints. Lines count from 1.',
    schema: datasets.datasetsOutput,
    definitions: { dataset: datasets.datasetOutput, issue: datasets.datasetIssue, unit },
  },
  check: {
    title: 'CheckOutput',
    description: 'What `strategy-advisor check --format json` prints. Lines and columns count from 1.',
    schema: check.checkOutput,
    definitions: { strategy, change: check.adviceShift, diagnostic: advise.diagnostic },
  },
  pilot: {
    title: 'PilotOutput',
    description: 'What `strategy-advisor pilot --json` prints. Figures have 95 % intervals.',
    schema: pilot.pilotReport,
    definitions: {
      interval: pilot.interval,
      condition: advise.condition,
      strategy: reportedStrategy,
      point: pilot.curvePoint,
      fit: pilot.curveFit,
      arm: pilot.armReport,
      verdict: pilot.verdict,
    },
  },
  runs: {
    title: 'RunsOutput',
    description: 'What `strategy-advisor runs --json` prints, the latest run first.',
    schema: runsOutput,
    definitions: {},
  },
  'what-if': {
    title: 'WhatIfOutput',
    description:
      'What the tool `what_if` answers: the advice by the rules, as annotated and with another size of one dataset.',
    schema: whatIf.whatIfOutput,
    definitions: {
      strategy,
      unit,
      status: advise.status,
      outcome: whatIf.decisionOutcome,
      change: whatIf.decisionChange,
    },
  },
};

/** The files of `schemas/`, by their names. */
export function schemaFiles(): Readonly<Record<string, object>> {
  return {
    ...Object.fromEntries(
      Object.entries(PUBLISHED).map(([name, published]) => [
        `${name}.schema.json`,
        publishedSchema(published),
      ]),
    ),
    'config.schema.json': configSchema(),
    'tool-inputs.json': Object.fromEntries(
      Object.entries(TOOL_INPUTS).map(([name, schema]) => [name, plainSchema(schema)]),
    ),
  };
}

function publishedSchema({ title, description, schema, definitions }: Published): object {
  const { $defs: defs, ...rest } = plainSchema(schema, definitions);
  const text = JSON.stringify({
    $schema: 'http://json-schema.org/draft-07/schema#',
    title,
    description,
    ...rest,
    ...(defs && { definitions: defs }),
  });
  // Draft 7 calls them `definitions`.
  return JSON.parse(text.replaceAll('"#/$defs/', '"#/definitions/')) as object;
}
