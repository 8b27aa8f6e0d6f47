// npm run generate:onnx [-- --check]: writes the fields and enumerations of the published ONNX schema as TypeScript,
// or fails where they are not what would be written. Needs protoc (Debian: protobuf-compiler).
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createFileRegistry, fromBinary, ScalarType } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { format, resolveConfig } from 'prettier';
import { root } from './lib/paths.mjs';

const schema = path.join('third-party', 'onnx');
const file = path.join(root, 'src', 'engine', 'onnx', 'generated', 'onnx-schema.ts');

try {
  const text = await format(typescriptOf(describe()), { ...(await resolveConfig(file)), filepath: file });
  if (!process.argv.includes('--check')) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  } else if (readFileSync(file, 'utf8') !== text)
    throw new Error(`${path.relative(root, file)} is behind the schema: run \`npm run generate:onnx\`.`);
} catch (error) {
  console.error(
    error.code === 'ENOENT' ? 'Install protoc (Debian: protobuf-compiler) first.' : error.message,
  );
  process.exitCode = 1;
}

/** The schema as protoc understands it. */
function describe() {
  const folder = mkdtempSync(path.join(tmpdir(), 'strategy-advisor-onnx-'));
  const described = path.join(folder, 'onnx.descriptors');
  try {
    execFileSync('protoc', [`--proto_path=${schema}`, `--descriptor_set_out=${described}`, 'onnx.proto'], {
      cwd: root,
    });
    const set = fromBinary(FileDescriptorSetSchema, readFileSync(described));
    return createFileRegistry(set).getFile('onnx.proto');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function typescriptOf({ messages, enums }) {
  const { version } = JSON.parse(readFileSync(path.join(root, schema, 'package.json'), 'utf8'));
  return [
    `// Written by \`npm run generate:onnx\` from onnx.proto of ONNX ${version}; do not edit.`,
    '// SPDX-License-Identifier: Apache-2.0 (third-party/onnx/LICENSE)',
    ...withNested(messages).flatMap(message => [
      '',
      `export const ${nameOf(message)} = {`,
      ...message.fields.map(field => `${field.name}: { number: ${field.number}, type: '${typeOf(field)}' },`),
      '} as const;',
      ...message.nestedEnums.flatMap(enumeration),
    ]),
    ...enums.flatMap(enumeration),
  ].join('\n');
}

function withNested(messages) {
  return messages.flatMap(message => [message, ...withNested(message.nestedMessages)]);
}

function enumeration(described) {
  return [
    '',
    `export const ${nameOf(described)} = {`,
    ...described.values.map(({ name, number }) => `${name}: ${number},`),
    '} as const;',
  ];
}

/** As generated code has it elsewhere: `TypeProto.Tensor` is `TypeProto_Tensor`. */
function nameOf({ typeName }) {
  return typeName.replace(/^onnx\./, '').replaceAll('.', '_');
}

/** What stands in a field, in the words of the schema; that of a list is the type of its items. */
function typeOf({ fieldKind, scalar, listKind }) {
  const kind = fieldKind === 'list' ? listKind : fieldKind;
  return kind === 'scalar' ? ScalarType[scalar].toLowerCase() : kind;
}
