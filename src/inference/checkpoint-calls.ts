// Where a Python program loads pre-trained weights, and which.
import type { Node } from 'web-tree-sitter';
import { type KnownCheckpoint, findCheckpoint } from '../catalogue/checkpoint-catalogue';
import type { TextRange } from '../common/text-ranges';
import { type PythonNames, pythonNames } from './python-names';

/** The libraries whose checkpoints can be exported. */
export type CheckpointLibrary =
  | 'timm'
  | 'torchvision'
  | 'transformers'
  | 'sentence-transformers'
  | 'keras'
  | 'torch-hub'
  | 'tensorflow-hub'
  | 'whisper'
  | 'torchaudio';

/** A call that loads pre-trained weights. */
export interface CheckpointCall {
  readonly library: CheckpointLibrary;
  /** The name as the library takes it: `resnet50`, `google/vit-base-patch16-224`. */
  readonly name: string;
  /** The class or function that loads it, as its module has it. */
  readonly loader: string;
  /** What the catalogue knows of it. */
  readonly known?: KnownCheckpoint;
  /** The first line of the statement, which an annotation stands above; counted from 0. */
  readonly line: number;
  readonly range: TextRange;
}

/** All calls of a program that load pre-trained weights, in its order. */
export function checkpointCalls(root: Node): readonly CheckpointCall[] {
  const names = pythonNames(root);
  return root.descendantsOfType('call').flatMap((call): CheckpointCall[] => {
    const callee = call.childForFieldName('function');
    const loader = callee ? names.qualified(callee) : undefined;
    if (loader === undefined) return [];
    const found = recognise(loader, argumentsOf(call), names);
    if (!found) return [];
    const { library, name, wanted } = found;
    const known = wanted.map(findCheckpoint).find(each => each !== undefined);
    return [
      {
        ...{ library, name, loader },
        ...(known ? { known } : {}),
        line: statementOf(call).startPosition.row,
        range: rangeOf(call),
      },
    ];
  });
}

interface Recognised {
  readonly library: CheckpointLibrary;
  readonly name: string;
  /** Under which names the catalogue may have it, the most certain first. */
  readonly wanted: readonly string[];
}

interface Arguments {
  readonly positional: readonly Node[];
  readonly named: ReadonlyMap<string, Node>;
}

function argumentsOf(call: Node): Arguments {
  const positional: Node[] = [];
  const named = new Map<string, Node>();
  for (const argument of call.childForFieldName('arguments')?.namedChildren ?? []) {
    const name = argument.type === 'keyword_argument' ? argument.childForFieldName('name') : undefined;
    const value = argument.childForFieldName('value');
    if (name && value) named.set(name.text, value);
    else if (argument.type !== 'comment') positional.push(argument);
  }
  return { positional, named };
}

type Rule = (
  loader: RegExpExecArray,
  given: Arguments,
  names: PythonNames,
) => Omit<Recognised, 'library'> | undefined;

/** The ways to load pre-trained weights; the first whose pattern fits the loader decides. */
const RULES: readonly (readonly [CheckpointLibrary, RegExp, Rule])[] = [
  [
    'timm',
    /^timm\.(?:models\.)?create_model$/,
    (_, given, names) => {
      const name = names.text(given.positional[0] ?? given.named.get('model_name'));
      if (name === undefined || !isTrue(given.positional[1] ?? given.named.get('pretrained')))
        return undefined;
      const plain = name.replace(/^(?:timm\/|hf[-_]hub:timm\/)/, '');
      return { name: plain, wanted: [`timm/${plain}`] };
    },
  ],
  [
    'torchvision',
    /^torchvision\.models\.(?:\w+\.)*get_model$/,
    (_, given, names) => {
      const name = names.text(given.positional[0] ?? given.named.get('name'));
      return name !== undefined && hasWeights(given) ? { name, wanted: [name] } : undefined;
    },
  ],
  [
    'torchvision',
    /^torchvision\.models\.(?:\w+\.)*([a-z]\w+)$/,
    ([, name = ''], given) =>
      hasWeights(given) || isTrue(given.positional[0]) || isWeights(given.positional[0])
        ? { name, wanted: [name] }
        : undefined,
  ],
  [
    'sentence-transformers',
    /^sentence_transformers\.(?:\w+\.)*(?:SentenceTransformer|CrossEncoder)$/,
    (_, given, names) => byName(names.text(given.positional[0] ?? given.named.get('model_name_or_path'))),
  ],
  [
    'transformers',
    /^(?:transformers|optimum)\.(?:\w+\.)*(\w+)\.from_pretrained$/,
    ([, type = ''], given, names) =>
      /Tokenizer|Processor|Config|FeatureExtractor/.test(type)
        ? undefined
        : byName(names.text(given.positional[0] ?? given.named.get('pretrained_model_name_or_path'))),
  ],
  [
    'transformers',
    /^transformers\.pipeline$/,
    (_, given, names) => byName(names.text(given.named.get('model') ?? given.positional[1])),
  ],
  [
    'keras',
    /^(?:tensorflow\.|tf_)?keras\.applications\.(?:\w+\.)*([A-Z]\w+)$/,
    ([, name = ''], given, names) => {
      const weights = given.named.get('weights');
      // Without the argument it is ImageNet.
      const isImageNet = !weights || names.text(weights) === 'imagenet';
      return isImageNet && given.positional.length < 2 ? { name, wanted: [`keras/${name}`] } : undefined;
    },
  ],
  [
    'torch-hub',
    /^torch\.hub\.load$/,
    (_, given, names) => {
      const [repository, name] = given.positional.map(each => names.text(each));
      if (repository === undefined || name === undefined) return undefined;
      const isTrained = repository.startsWith('pytorch/vision')
        ? hasWeights(given)
        : !isFalse(given.named.get('pretrained'));
      return isTrained ? { name, wanted: [name] } : undefined;
    },
  ],
  [
    'tensorflow-hub',
    /^tensorflow_hub\.(?:load|KerasLayer)$/,
    (_, given, names) => byName(names.text(given.positional[0] ?? given.named.get('handle'))),
  ],
  [
    'whisper',
    /^whisper\.load_model$/,
    (_, given, names) => {
      const name = names.text(given.positional[0] ?? given.named.get('name'));
      return name === undefined ? undefined : { name, wanted: [`openai/whisper-${name}`] };
    },
  ],
  [
    'torchaudio',
    /^torchaudio\.pipelines\.([A-Z][A-Z0-9_]+)\.get_model$/,
    ([, name = '']) => ({ name, wanted: [`torchaudio/${name}`] }),
  ],
];

function recognise(loader: string, given: Arguments, names: PythonNames): Recognised | undefined {
  for (const [library, pattern, rule] of RULES) {
    const match = pattern.exec(loader);
    if (!match) continue;
    const found = rule(match, given, names);
    return found && { library, ...found };
  }
  return undefined;
}

function byName(name: string | undefined): Omit<Recognised, 'library'> | undefined {
  return name === undefined || name === '' ? undefined : { name, wanted: [name] };
}

const isTrue = (node: Node | undefined): boolean => node?.type === 'true';
const isFalse = (node: Node | undefined): boolean => node?.type === 'false';

/** `weights=` that is not `None`, or the older `pretrained=True`. */
function hasWeights({ named }: Arguments): boolean {
  const weights = named.get('weights') ?? named.get('weights_backbone');
  return isTrue(named.get('pretrained')) || (weights !== undefined && weights.type !== 'none');
}

/** `ResNet50_Weights.DEFAULT`, given by place. */
const isWeights = (node: Node | undefined): boolean =>
  node?.type === 'attribute' && /_Weights\b/.test(node.text);

/** The statement around an expression: the outermost node that does not hold other statements. */
function statementOf(node: Node): Node {
  let statement = node;
  for (
    let each: Node | null = node;
    each && each.type !== 'module' && each.type !== 'block';
    each = each.parent
  )
    statement = each;
  return statement;
}

function rangeOf({ startPosition: start, endPosition: end }: Node): TextRange {
  return { start: { line: start.row, column: start.column }, end: { line: end.row, column: end.column } };
}
