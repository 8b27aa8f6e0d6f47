import * as l10n from '@vscode/l10n';
import type { Directive } from '../language/annotation-model';
import { KEYS, keySchema } from '../language/key-schema';
import type { CursorContext } from './cursor-context';

/** What an annotation may say, as a signature with one parameter for each key. */
export interface Signature {
  /** `@dataset name task=… input=…`. */
  readonly label: string;
  /** The offsets of each parameter in the label, and what it means. */
  readonly parameters: readonly {
    readonly start: number;
    readonly end: number;
    readonly documentation: string;
  }[];
  /** The one being written; `undefined` between keys. */
  readonly active: number | undefined;
}

/** The signature of the annotation that is being written at the cursor. */
export function signatureAt(cursor: CursorContext): Signature | undefined {
  if (cursor.kind === 'directive') return undefined;
  const directive = cursor.kind === 'step' ? 'pipeline' : cursor.directive;
  const { label, parameters } = signatureOf(directive);
  return { label, parameters, active: activeOf(cursor, directive) };
}

function activeOf(
  cursor: Exclude<CursorContext, { readonly kind: 'directive' }>,
  directive: Directive,
): number | undefined {
  if (cursor.kind === 'name') return 0;
  if (cursor.kind === 'step') return 1;
  if (cursor.kind === 'key') return undefined;
  const schema = keySchema(directive, cursor.key);
  const index = schema ? KEYS[directive].indexOf(schema) : -1;
  return index < 0 ? undefined : index + (directive === 'pipeline' ? 2 : 1);
}

function signatureOf(directive: Directive): Omit<Signature, 'active'> {
  const parts: readonly (readonly [string, string])[] = [
    ...(directive === 'pipeline'
      ? ([
          [l10n.t('task:'), l10n.t('The task that the pipeline predicts.')],
          [
            l10n.t('input -> intermediate -> output'),
            l10n.t('The values from input to output, joined by ->.'),
          ],
        ] as const)
      : ([
          [
            l10n.t('name'),
            l10n.t('Letters, digits, _ . and -. Names must be unique in the workspace folder.'),
          ],
        ] as const)),
    ...KEYS[directive].map(
      ({ key, kind, documentation }) => [kind === 'flag' ? key : `${key}=…`, documentation()] as const,
    ),
  ];
  let label = `@${directive}`;
  const parameters = parts.map(([text, documentation]) => {
    const start = label.length + 1;
    label += ` ${text}`;
    return { start, end: label.length, documentation };
  });
  return { label, parameters };
}
