import path from 'node:path';

/** The folder of package.json. */
export const root = path.resolve(__dirname, '../..');

/** Where a VS Code server is kept between runs. */
export const serverFolder = path.resolve(
  process.env['VSCODE_SERVER_DIR'] ?? path.join(root, '.vscode-test', 'server'),
);

export const fixtures = path.join(root, 'test', 'fixtures');

/** Screenshots and packed extensions of the last run. */
export const results = path.join(root, 'test-results');

/** The mocha entry that runs inside an extension host, as `bundle.ts` writes it. */
export const hostEntry = path.join(root, 'dist', 'test', 'host.js');
