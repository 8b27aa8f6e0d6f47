import * as l10n from '@vscode/l10n';

// What is wrong with the files beside a checkpoint.

export function notTokenizer({ path, reason }: { path: string; reason?: string }): string {
  return reason === undefined
    ? l10n.t('{0} is not the tokenizer.json of a Hugging Face tokenizer', path)
    : l10n.t('{0} cannot be used as a tokenizer: {1}', path, reason);
}

export function tokenizerPattern(of: { path: string; pattern: string }): string {
  return l10n.t(
    '{0} splits texts by a pattern that no widely used tokenizer has ("{1}"), which is not run because it could take for ever',
    of.path,
    of.pattern.slice(0, 80),
  );
}

/** @param file the file that should stand beside the checkpoint */
export function missingBeside(of: { checkpoint: string; file: string }): string {
  return l10n.t(
    '{0} needs {1} in its folder, which says how inputs are prepared. Copy it from where the checkpoint was downloaded.',
    of.checkpoint,
    of.file,
  );
}

export function badBeside(of: { file: string; reason: string }): string {
  return l10n.t('{0} does not say how inputs are prepared: {1}', of.file, of.reason);
}

export function noCheckpointInFolder(folder: string): string {
  return l10n.t('{0} contains no ONNX file. Set checkpoint= to the .onnx file of an encoder.', folder);
}

export function severalCheckpointsInFolder(of: { folder: string; files: readonly string[] }): string {
  return l10n.t(
    '{0} contains several ONNX files ({1}) and none is called model.onnx. Set checkpoint= to one of them.',
    of.folder,
    of.files.slice(0, 10).join(', '),
  );
}

export function unknownNetworkInput(of: { checkpoint: string; inputs: string }): string {
  return l10n.t(
    '{0} takes inputs that are not understood: {1}. Images (one input of 4 axes), texts (token ids) and recordings are.',
    of.checkpoint,
    of.inputs,
  );
}

export function checkpointInputDiffers(of: { checkpoint: string; expected: string; found: string }): string {
  return l10n.t(
    'The checkpoint {0} takes {1}, and the files beside it prepare {2}.',
    of.checkpoint,
    of.expected,
    of.found,
  );
}

export function checkpointNeeded(arm: string): string {
  return l10n.t('{0} needs a checkpoint in ONNX. Set checkpoint= of the task.', arm);
}

/** @param value the name of what the network is cut at */
export function frozenFeatures(of: {
  checkpoint: string;
  width: number;
  value: string;
  belowHead: boolean;
}): string {
  return of.belowHead
    ? l10n.t(
        'The checkpoint {0} is cut below its classifier, at "{1}": {2} features.',
        of.checkpoint,
        of.value,
        of.width,
      )
    : l10n.t('The checkpoint {0} gives {2} features, from "{1}".', of.checkpoint, of.value, of.width);
}
