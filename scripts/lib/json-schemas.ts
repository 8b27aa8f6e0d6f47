import { type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import {
  STRATEGIES,
  figure,
  figures,
  reportedStrategy,
  valueSchemaOf,
} from '../../src/protocol/schema-helpers';

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
    definitions,
    errorMode: 'throw',
    // `finite` and the like say nothing that JSON could break.
    ignoreActions: ['finite', 'transform', 'raw_transform', 'readonly'],
    overrideSchema({ valibotSchema }) {
      if (valibotSchema === figure) return { type: 'number' };
      if (valibotSchema === reportedStrategy) return { enum: [...STRATEGIES] };
      if (valibotSchema === figures) return { type: 'array', items: { type: 'number' } };
      const values = valueSchemaOf(valibotSchema);
      return values && { type: 'object', additionalProperties: plainSchema(values, definitions) };
    },
  });
}
