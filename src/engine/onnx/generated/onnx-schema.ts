// Written by `npm run generate:onnx` from onnx.proto of ONNX 1.23.2; do not edit.
// SPDX-License-Identifier: Apache-2.0 (third-party/onnx/LICENSE)

export const AttributeProto = {
  name: { number: 1, type: 'string' },
  ref_attr_name: { number: 21, type: 'string' },
  doc_string: { number: 13, type: 'string' },
  type: { number: 20, type: 'enum' },
  f: { number: 2, type: 'float' },
  i: { number: 3, type: 'int64' },
  s: { number: 4, type: 'bytes' },
  t: { number: 5, type: 'message' },
  g: { number: 6, type: 'message' },
  sparse_tensor: { number: 22, type: 'message' },
  tp: { number: 14, type: 'message' },
  floats: { number: 7, type: 'float' },
  ints: { number: 8, type: 'int64' },
  strings: { number: 9, type: 'bytes' },
  tensors: { number: 10, type: 'message' },
  graphs: { number: 11, type: 'message' },
  sparse_tensors: { number: 23, type: 'message' },
  type_protos: { number: 15, type: 'message' },
} as const;

export const AttributeProto_AttributeType = {
  UNDEFINED: 0,
  FLOAT: 1,
  INT: 2,
  STRING: 3,
  TENSOR: 4,
  GRAPH: 5,
  SPARSE_TENSOR: 11,
  TYPE_PROTO: 13,
  FLOATS: 6,
  INTS: 7,
  STRINGS: 8,
  TENSORS: 9,
  GRAPHS: 10,
  SPARSE_TENSORS: 12,
  TYPE_PROTOS: 14,
} as const;

export const ValueInfoProto = {
  name: { number: 1, type: 'string' },
  type: { number: 2, type: 'message' },
  doc_string: { number: 3, type: 'string' },
  metadata_props: { number: 4, type: 'message' },
} as const;

export const NodeProto = {
  input: { number: 1, type: 'string' },
  output: { number: 2, type: 'string' },
  name: { number: 3, type: 'string' },
  op_type: { number: 4, type: 'string' },
  domain: { number: 7, type: 'string' },
  overload: { number: 8, type: 'string' },
  attribute: { number: 5, type: 'message' },
  doc_string: { number: 6, type: 'string' },
  metadata_props: { number: 9, type: 'message' },
  device_configurations: { number: 10, type: 'message' },
} as const;

export const IntIntListEntryProto = {
  key: { number: 1, type: 'int64' },
  value: { number: 2, type: 'int64' },
} as const;

export const NodeDeviceConfigurationProto = {
  configuration_id: { number: 1, type: 'string' },
  sharding_spec: { number: 2, type: 'message' },
  pipeline_stage: { number: 3, type: 'int32' },
} as const;

export const ShardingSpecProto = {
  tensor_name: { number: 1, type: 'string' },
  device: { number: 2, type: 'int64' },
  index_to_device_group_map: { number: 3, type: 'message' },
  sharded_dim: { number: 4, type: 'message' },
} as const;

export const ShardedDimProto = {
  axis: { number: 1, type: 'int64' },
  simple_sharding: { number: 2, type: 'message' },
} as const;

export const SimpleShardedDimProto = {
  dim_value: { number: 1, type: 'int64' },
  dim_param: { number: 2, type: 'string' },
  num_shards: { number: 3, type: 'int64' },
} as const;

export const TrainingInfoProto = {
  initialization: { number: 1, type: 'message' },
  algorithm: { number: 2, type: 'message' },
  initialization_binding: { number: 3, type: 'message' },
  update_binding: { number: 4, type: 'message' },
} as const;

export const ModelProto = {
  ir_version: { number: 1, type: 'int64' },
  opset_import: { number: 8, type: 'message' },
  producer_name: { number: 2, type: 'string' },
  producer_version: { number: 3, type: 'string' },
  domain: { number: 4, type: 'string' },
  model_version: { number: 5, type: 'int64' },
  doc_string: { number: 6, type: 'string' },
  graph: { number: 7, type: 'message' },
  metadata_props: { number: 14, type: 'message' },
  training_info: { number: 20, type: 'message' },
  functions: { number: 25, type: 'message' },
  configuration: { number: 26, type: 'message' },
} as const;

export const DeviceConfigurationProto = {
  name: { number: 1, type: 'string' },
  num_devices: { number: 2, type: 'int32' },
  device: { number: 3, type: 'string' },
} as const;

export const StringStringEntryProto = {
  key: { number: 1, type: 'string' },
  value: { number: 2, type: 'string' },
} as const;

export const TensorAnnotation = {
  tensor_name: { number: 1, type: 'string' },
  quant_parameter_tensor_names: { number: 2, type: 'message' },
} as const;

export const GraphProto = {
  node: { number: 1, type: 'message' },
  name: { number: 2, type: 'string' },
  initializer: { number: 5, type: 'message' },
  sparse_initializer: { number: 15, type: 'message' },
  doc_string: { number: 10, type: 'string' },
  input: { number: 11, type: 'message' },
  output: { number: 12, type: 'message' },
  value_info: { number: 13, type: 'message' },
  quantization_annotation: { number: 14, type: 'message' },
  metadata_props: { number: 16, type: 'message' },
} as const;

export const TensorProto = {
  dims: { number: 1, type: 'int64' },
  data_type: { number: 2, type: 'int32' },
  segment: { number: 3, type: 'message' },
  float_data: { number: 4, type: 'float' },
  int32_data: { number: 5, type: 'int32' },
  string_data: { number: 6, type: 'bytes' },
  int64_data: { number: 7, type: 'int64' },
  name: { number: 8, type: 'string' },
  doc_string: { number: 12, type: 'string' },
  raw_data: { number: 9, type: 'bytes' },
  external_data: { number: 13, type: 'message' },
  data_location: { number: 14, type: 'enum' },
  double_data: { number: 10, type: 'double' },
  uint64_data: { number: 11, type: 'uint64' },
  metadata_props: { number: 16, type: 'message' },
} as const;

export const TensorProto_DataType = {
  UNDEFINED: 0,
  FLOAT: 1,
  UINT8: 2,
  INT8: 3,
  UINT16: 4,
  INT16: 5,
  INT32: 6,
  INT64: 7,
  STRING: 8,
  BOOL: 9,
  FLOAT16: 10,
  DOUBLE: 11,
  UINT32: 12,
  UINT64: 13,
  COMPLEX64: 14,
  COMPLEX128: 15,
  BFLOAT16: 16,
  FLOAT8E4M3FN: 17,
  FLOAT8E4M3FNUZ: 18,
  FLOAT8E5M2: 19,
  FLOAT8E5M2FNUZ: 20,
  UINT4: 21,
  INT4: 22,
  FLOAT4E2M1: 23,
  FLOAT8E8M0: 24,
  UINT2: 25,
  INT2: 26,
  FLOAT6E2M3: 27,
  FLOAT6E3M2: 28,
} as const;

export const TensorProto_DataLocation = {
  DEFAULT: 0,
  EXTERNAL: 1,
} as const;

export const TensorProto_Segment = {
  begin: { number: 1, type: 'int64' },
  end: { number: 2, type: 'int64' },
} as const;

export const SparseTensorProto = {
  values: { number: 1, type: 'message' },
  indices: { number: 2, type: 'message' },
  dims: { number: 3, type: 'int64' },
} as const;

export const TensorShapeProto = {
  dim: { number: 1, type: 'message' },
} as const;

export const TensorShapeProto_Dimension = {
  dim_value: { number: 1, type: 'int64' },
  dim_param: { number: 2, type: 'string' },
  denotation: { number: 3, type: 'string' },
} as const;

export const TypeProto = {
  tensor_type: { number: 1, type: 'message' },
  sequence_type: { number: 4, type: 'message' },
  map_type: { number: 5, type: 'message' },
  optional_type: { number: 9, type: 'message' },
  sparse_tensor_type: { number: 8, type: 'message' },
  opaque_type: { number: 7, type: 'message' },
  denotation: { number: 6, type: 'string' },
} as const;

export const TypeProto_Tensor = {
  elem_type: { number: 1, type: 'int32' },
  shape: { number: 2, type: 'message' },
} as const;

export const TypeProto_Sequence = {
  elem_type: { number: 1, type: 'message' },
} as const;

export const TypeProto_Map = {
  key_type: { number: 1, type: 'int32' },
  value_type: { number: 2, type: 'message' },
} as const;

export const TypeProto_Optional = {
  elem_type: { number: 1, type: 'message' },
} as const;

export const TypeProto_SparseTensor = {
  elem_type: { number: 1, type: 'int32' },
  shape: { number: 2, type: 'message' },
} as const;

export const TypeProto_Opaque = {
  domain: { number: 1, type: 'string' },
  name: { number: 2, type: 'string' },
} as const;

export const OperatorSetIdProto = {
  domain: { number: 1, type: 'string' },
  version: { number: 2, type: 'int64' },
} as const;

export const FunctionProto = {
  name: { number: 1, type: 'string' },
  input: { number: 4, type: 'string' },
  output: { number: 5, type: 'string' },
  attribute: { number: 6, type: 'string' },
  attribute_proto: { number: 11, type: 'message' },
  node: { number: 7, type: 'message' },
  doc_string: { number: 8, type: 'string' },
  opset_import: { number: 9, type: 'message' },
  domain: { number: 10, type: 'string' },
  overload: { number: 13, type: 'string' },
  value_info: { number: 12, type: 'message' },
  metadata_props: { number: 14, type: 'message' },
} as const;

export const Version = {
  _START_VERSION: 0,
  IR_VERSION_2017_10_10: 1,
  IR_VERSION_2017_10_30: 2,
  IR_VERSION_2017_11_3: 3,
  IR_VERSION_2019_1_22: 4,
  IR_VERSION_2019_3_18: 5,
  IR_VERSION_2019_9_19: 6,
  IR_VERSION_2020_5_8: 7,
  IR_VERSION_2021_7_30: 8,
  IR_VERSION_2023_5_5: 9,
  IR_VERSION_2024_3_25: 10,
  IR_VERSION_2025_05_12: 11,
  IR_VERSION_2025_08_26: 12,
  IR_VERSION_2025_11_06: 13,
  IR_VERSION: 14,
} as const;

export const OperatorStatus = {
  EXPERIMENTAL: 0,
  STABLE: 1,
} as const;
