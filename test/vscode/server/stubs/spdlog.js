// Takes the place of @vscode/spdlog, whose native logger comes as source only: appends plain lines to the same files.
// Each export is an assignment of its own, so that an ES module can import it by name.
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];
const INFO = 2;

async function createLogger(name, file) {
  mkdirSync(dirname(file), { recursive: true });
  const state = { level: INFO, bare: false };
  const write = (level, message) => {
    if (level < state.level) return;
    const line = state.bare ? message : `${new Date().toISOString()} [${levels[level]}] ${message}`;
    try {
      appendFileSync(file, `${line}\n`);
    } catch {
      // The log folder goes when the server stops, and its last lines with it.
    }
  };
  const logger = {
    name,
    getLevel: () => state.level,
    setLevel: level => void (state.level = level),
    clearFormatters: () => void (state.bare = true),
    setPattern() {},
    flush() {},
    drop() {},
  };
  levels.forEach((level, index) => (logger[level] = message => write(index, message)));
  return logger;
}

exports.version = '0.15.8';
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;
