import * as l10n from '@vscode/l10n';
import type { Command } from '../command-line';
import { withReportedErrors } from '../launch-run';

export const exportCheckpointCommand: Command = {
  name: 'export-checkpoint',
  operands: 'NAME|FILE.py…',
  summary: () => l10n.t('Write the Python that exports a pre-trained checkpoint to ONNX.'),
  description: () => [
    l10n.t(
      'Takes well-known names (timm/resnet18, bert-base-uncased) and Python files. Of a file, it finds the calls that load pre-trained weights of timm, torchvision, Transformers, Sentence Transformers, Keras Applications and Whisper. The program goes to standard output; nothing is run.',
    ),
  ],
  options: {},
  run: (given, io) =>
    withReportedErrors(async () => {
      const { runExport } = await import('../export-checkpoint');
      return runExport(given.paths, io);
    }, io),
};
