// Takes the place of @vscode/native-watchdog, which comes as source only. Whoever starts the server ends its whole process group.
exports.start = () => {};
exports.exit = code => process.exit(code);
