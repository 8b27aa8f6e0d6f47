// What compiles tests reads one tsconfig: this one knows JSX too, which the sources outside of pages do without.
const path = require('node:path');

process.env.TSX_TSCONFIG_PATH ??= path.join(__dirname, 'unit/ui/browser/tsconfig.json');
