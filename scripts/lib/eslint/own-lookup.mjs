/**
 * Names that users give may be `constructor` or `__proto__`: `record[name]` then finds, or sets, what every object has.
 * A look-up by a name that is not known when the code is written goes through a Map, or `entryOf` of src/common/named-entries.ts.
 */
import ts from 'typescript';

/** @type {import('eslint').Rule.RuleModule} */
export const ownLookup = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      inherited:
        'Finds what every object has, such as constructor: use a Map, or entryOf() of src/common/named-entries.ts.',
    },
  },
  create(context) {
    const { program, esTreeNodeToTSNodeMap: nodes } = context.sourceCode.parserServices;
    const checker = program.getTypeChecker();
    const isText = type =>
      type.isUnion() ? type.types.some(isText) : (type.flags & ts.TypeFlags.String) !== 0;
    return {
      'MemberExpression[computed=true]'(node) {
        if (!isText(checker.getTypeAtLocation(nodes.get(node.property)))) return;
        const object = checker.getNonNullableType(checker.getTypeAtLocation(nodes.get(node.object)));
        if (checker.getIndexInfoOfType(object, ts.IndexKind.String))
          context.report({ node, messageId: 'inherited' });
      },
    };
  },
};
