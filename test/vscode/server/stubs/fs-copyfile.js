// Takes the place of @vscode/fs-copyfile, which comes as source only: cloning files matters on macOS alone.
const fs = require('node:fs');

exports.constants = fs.constants;
exports.cp = fs.promises.cp;
exports.copyFile = fs.promises.copyFile;
exports.copyFileSync = fs.copyFileSync;
exports.isCloneSupported = () => false;
