import * as l10n from '@vscode/l10n';

// The question before code runs, in the terminal and in the editor.

export function codeWouldRun(task: string): string {
  return l10n.t('{0}: the following would run on this machine, with your permissions.', task);
}

export function programLine(command: string): string {
  return l10n.t('Program: {0}', command);
}

export function moduleLine(command: string): string {
  return l10n.t('JavaScript module: {0}', command);
}

export function checkpointLine(command: string): string {
  return l10n.t('Code beside the checkpoint: {0}', command);
}

export function folderLine(folder: string): string {
  return l10n.t('Folder: {0}', folder);
}

export function repositoryLine({ root, origin }: { root: string; origin: string }): string {
  return l10n.t('Repository: {0}, cloned from {1}', root, origin);
}

export function filesLine(files: string): string {
  return l10n.t('Files (SHA-256): {0}', files);
}

export function moreFiles(count: number): string {
  return l10n.t('{0} more', count);
}

export function ownProgramLine(): string {
  return l10n.t('The program itself comes from the repository, and everything that it loads.');
}

/** @param folders of installed packages, in the repository */
export function notComparedLine(folders: string): string {
  return l10n.t(
    'Not part of this consent: installed packages ({0}). You are not asked again when they change.',
    folders,
  );
}

export function foreignRunLine({ run, folder }: { run: string; folder: string }): string {
  return l10n.t(
    'The run {0} in {1} was not started by you on this machine, or its jobs have changed since.',
    run,
    folder,
  );
}

export function readsLine(places: string): string {
  return l10n.t('It reads data outside the workspace: {0}', places);
}

export function slurmLine(command: string): string {
  return l10n.t('Submitted to Slurm: {0}', command);
}

export function allowOnTerminal(): string {
  return l10n.t('Allow this until something of it changes? [y/N]');
}

export function notAllowed(what: string): string {
  return l10n.t('Nothing was run: you have not allowed {0}.', what);
}

export function codeChanged({ command, folder }: { command: string; folder: string }): string {
  return l10n.t(
    'Not run: {0} in {1} is not what you allowed. The command or one of its files has changed since. Resume the run to review it. A program that writes files should write them to the folder in STRATEGY_ADVISOR_OUTPUT.',
    command,
    folder,
  );
}

export function foreignRun(run: string): string {
  return l10n.t(
    'Not run: {0} was not started by you on this machine, or its jobs have changed since, and you have not allowed it.',
    run,
  );
}

export function unknownSlurmOption({ name, available }: { name: string; available: string }): string {
  return l10n.t(
    'The Slurm option "{0}" is not supported. Options that replace the script, change its environment or name files are not passed on. Use: {1}.',
    name,
    available,
  );
}

export function slurmOptionWithoutValue({ name, example }: { name: string; example: string }): string {
  return l10n.t('The Slurm option --{0} requires a value. For example: --{0}={1}.', name, example);
}

export function badSlurmValue({
  name,
  value,
  example,
}: {
  name: string;
  value: string;
  example: string;
}): string {
  return l10n.t(
    'Invalid value "{1}" for the Slurm option --{0}. For example: --{0}={2}.',
    name,
    value,
    example,
  );
}

export function tooLongToShow(): string {
  return l10n.t(
    'Nothing was run: what would run is too long to show here. Start it in a terminal with `strategy-advisor pilot` or `strategy-advisor train`, which shows all of it.',
  );
}
