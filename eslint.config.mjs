import js from '@eslint/js';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';
import { ownLookup } from './scripts/lib/eslint/own-lookup.mjs';
import layers from './scripts/lib/layers.json' with { type: 'json' };

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'No default export: a name is easier to find.',
};

/** What comes from outside is checked by a schema of src/protocol, not asserted to be of a type. */
const checkedInput = [
  {
    selector: 'TSAsExpression CallExpression[callee.object.name="JSON"][callee.property.name="parse"]',
    message: 'Check parsed JSON with a schema: see src/common/validation.ts.',
  },
  {
    selector:
      'VariableDeclarator[id.typeAnnotation.typeAnnotation.type!="TSUnknownKeyword"] > CallExpression.init[callee.object.name="JSON"][callee.property.name="parse"]',
    message: 'Parsed JSON is unknown until a schema has checked it: see src/common/validation.ts.',
  },
  {
    selector:
      'CallExpression[callee.property.name=/^(on|once|addListener)$/][arguments.0.value="message"] > :function > Identifier.params[typeAnnotation.typeAnnotation.type!="TSUnknownKeyword"]',
    message: 'A message is unknown until a schema has checked it: see src/protocol.',
  },
  { selector: 'TSAsExpression > Identifier[name="workerData"]', message: 'Check it with a schema.' },
];

/** Text of a repository is shown as text: what may make links, commands or icons of it has one wrapper. */
const shownText = [
  'MemberExpression[object.property.name="window"][property.name=/^(show(Information|Warning|Error)Message|showQuickPick|showInputBox|createQuickPick|createInputBox|withProgress|withScmProgress|setStatusBarMessage|createStatusBarItem)$/]',
  'MemberExpression[computed=true][object.property.name="window"]',
  ':not(MemberExpression) > MemberExpression[object.name="vscode"][property.name="window"]',
  'VariableDeclarator > Identifier.init[name="vscode"]',
  'NewExpression[callee.property.name=/^(MarkdownString|TreeItem|MarkdownCellOutput)$/]',
  'AssignmentExpression > MemberExpression.left[property.name=/^(isTrusted|supportHtml|supportThemeIcons)$/]',
  'ImportDeclaration[source.value="vscode"][importKind!="type"] > ImportSpecifier',
  'ImportDeclaration[source.value="vscode"] > ImportNamespaceSpecifier[local.name!="vscode"]',
].map(selector => ({
  selector,
  message: 'Shows text that may be of a repository: use src/extension/user-interface.ts.',
}));

/** A terminal obeys nothing of a repository: all that is written to it goes through one printer. */
const printedText = [
  'CallExpression[callee.object.name="console"][callee.property.name=/^(log|info|warn|error|debug)$/]',
  'CallExpression > MemberExpression.callee[object.property.name=/^(stdout|stderr)$/][property.name="write"]',
  'CallExpression > MemberExpression.callee[object.name=/^(stdout|stderr)$/][property.name="write"]',
].map(selector => ({
  selector,
  message: 'Writes past the printer of the terminal: use src/cli/printer.ts.',
}));

export default tseslint.config(
  { ignores: ['dist/', '.vscode-test/', 'node_modules/', 'examples/', 'test/fixtures/', 'test/golden/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-syntax': ['error', noDefaultExport],
    },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.tsx'],
    rules: { 'no-restricted-syntax': ['error', noDefaultExport, ...checkedInput] },
  },
  {
    // The engine and the pages know the names that they look up: their own.
    files: ['src/**/*.ts'],
    ignores: ['src/engine/**', 'src/ui/browser/**'],
    plugins: { local: { rules: { 'own-lookup': ownLookup } } },
    rules: { 'local/own-lookup': 'error' },
  },
  {
    files: ['src/cli/**/*.ts', 'src/experiments/**/*.ts', 'src/training/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', noDefaultExport, ...checkedInput, ...printedText] },
  },
  {
    files: ['src/extension/**/*.ts'],
    ignores: ['src/extension/user-interface.ts'],
    rules: { 'no-restricted-syntax': ['error', noDefaultExport, ...checkedInput, ...shownText] },
  },
  {
    // Text comes from repositories that nobody has looked at: no expression may take longer than in proportion to it.
    // 'potential': also where today's callers happen to give short texts.
    files: ['src/**/*.ts', 'src/**/*.tsx'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential', ignorePartial: false }],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    // Pure layers: no files, no clocks, no process. They run unchanged in a browser.
    files: layers.filter(layer => layer.pure).map(({ name }) => `src/${name}/**/*.ts`),
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: ['node:*', 'fs', 'path', 'os', 'child_process', 'vscode'] },
      ],
      'no-restricted-globals': [
        'error',
        'process',
        'Buffer',
        'setTimeout',
        'setInterval',
        'performance',
        'window',
        'document',
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now' },
        { object: 'Math', property: 'random' },
      ],
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        Buffer: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        URL: 'readonly',
        performance: 'readonly',
        globalThis: 'readonly',
        require: 'readonly',
        module: 'writable',
        exports: 'writable',
        __dirname: 'readonly',
      },
    },
  },
);
