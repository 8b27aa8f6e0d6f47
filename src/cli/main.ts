process.stderr.write('usage: strategy-advisor COMMAND PATH…\n');
process.exitCode = 2;
