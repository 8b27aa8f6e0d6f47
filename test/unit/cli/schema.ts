import { readFileSync } from 'node:fs';
import path from 'node:path';
import assert from 'node:assert/strict';
import Ajv from 'ajv';

const FOLDER = path.join(__dirname, '../../../schemas');

/** Fails unless the text is one JSON value of the shape that `schemas/NAME.schema.json` describes; returns it. */
export function parseValid(text: string, name: 'advise' | 'check' | 'datasets' | 'pilot' | 'runs'): unknown {
  const ajv = new Ajv({ allErrors: true, strict: true });
  const schema = JSON.parse(readFileSync(path.join(FOLDER, `${name}.schema.json`), 'utf8')) as object;
  const value: unknown = JSON.parse(text);
  assert.ok(ajv.validate(schema, value), ajv.errorsText());
  return value;
}
