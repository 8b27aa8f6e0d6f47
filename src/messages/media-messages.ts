import * as l10n from '@vscode/l10n';

// What is wrong with images and recordings.

const MEGA = 1e6;
const MIB = 1024 * 1024;

export function unknownImageFormat(file: string): string {
  return l10n.t('{0} is not a PNG, JPEG, WebP, BMP, GIF or TIFF image', file);
}

/** @param limit in pixels */
export function imageTooLarge(of: { file: string; width: number; height: number; limit: number }): string {
  return l10n.t(
    '{0} has {1} × {2} pixels, above the limit of {3} megapixels',
    of.file,
    of.width,
    of.height,
    Math.floor(of.limit / MEGA),
  );
}

/** What only a file states that was made to fill the memory. */
export function imageTooLargeForFile(of: {
  file: string;
  width: number;
  height: number;
  bytes: number;
}): string {
  return l10n.t(
    '{0} declares {1} × {2} pixels, too many for a file of {3} bytes; it is not decoded',
    of.file,
    of.width,
    of.height,
    of.bytes,
  );
}

/** @param size in bytes, as is the limit */
export function imageFileTooLarge({
  file,
  size,
  limit,
}: {
  file: string;
  size: number;
  limit: number;
}): string {
  return l10n.t(
    '{0} has {1} MiB, above the limit of {2} MiB for images',
    file,
    Math.ceil(size / MIB),
    Math.floor(limit / MIB),
  );
}

export function imageNotDecodable({ file, reason }: { file: string; reason: string }): string {
  return l10n.t('{0} cannot be decoded: {1}', file, reason);
}

/** A reason why an image cannot be decoded. */
export function imageTruncated(): string {
  return l10n.t('the file ends before the image is complete');
}

/** A reason why an image cannot be decoded. */
export function tiffTagsDamaged(): string {
  return l10n.t(
    'its TIFF tags contradict each other or point outside the file; replace it with a complete copy',
  );
}

/** A reason why an image cannot be decoded. */
export function jpegDecoderUnavailable(reason: string): string {
  return l10n.t('the JPEG decoder does not run on this machine: {0}', reason);
}

/** A reason why an image cannot be decoded. @param kind in technical terms: `TIFF, LERC` */
export function unsupportedImageKind(kind: string): string {
  return l10n.t('this kind is not read ({0}); save it as PNG', kind);
}

export function notWav(file: string): string {
  return l10n.t('{0} is not a WAV file', file);
}

export function unknownRecordingFormat(file: string): string {
  return l10n.t('{0} is not a WAV, FLAC, Ogg or MP3 recording that can be read; convert it to WAV', file);
}

export function recordingWithoutLength(file: string): string {
  return l10n.t('{0} does not say how long it is: it is truncated or was streamed; convert it to WAV', file);
}

export function recordingNotDecodable({ file, reason }: { file: string; reason: string }): string {
  return l10n.t('{0} cannot be decoded: {1}', file, reason);
}

/** A reason why a recording cannot be decoded. */
export function recordingDamaged(): string {
  return l10n.t('no sound in it can be decoded; replace it with a complete copy');
}

/** @param size in bytes, as is the limit */
export function recordingFileTooLarge(of: { file: string; size: number; limit: number }): string {
  return l10n.t(
    '{0} has {1} MiB, above the limit of {2} MiB for compressed recordings',
    of.file,
    Math.ceil(of.size / MIB),
    Math.floor(of.limit / MIB),
  );
}

export function recordingTooLong({
  file,
  samples,
  limit,
}: {
  file: string;
  samples: number;
  limit: number;
}): string {
  return l10n.t('{0} has {1} samples to read, above the limit of {2}', file, samples, limit);
}

export function wavWithoutSamples(file: string): string {
  return l10n.t('{0} is truncated: its audio samples are missing; replace it with a complete copy', file);
}

export function wavWithoutFormat(file: string): string {
  return l10n.t('{0} has no format chunk before its audio samples', file);
}

export function invalidWavFormat(file: string): string {
  return l10n.t('{0} has an invalid format chunk', file);
}

/** @param code the format tag of the WAV file; @param bits of each sample */
export function unsupportedWavEncoding({
  file,
  code,
  bits,
}: {
  file: string;
  code: number;
  bits: number;
}): string {
  return l10n.t(
    '{0} has {1}-bit samples in WAV format {2}; PCM, float, mu-law, A-law and ADPCM (IMA, Microsoft) are supported',
    file,
    bits,
    code,
  );
}

export function implausibleWavFormat({ file, ...format }: { file: string } & RecordingFormat): string {
  return l10n.t('{0} declares {1}, which is out of range', file, recordingFormat(format));
}

interface RecordingFormat {
  /** In Hz. */
  readonly sampleRate: number;
  readonly channels: number;
}

export function recordingFormat({ sampleRate, channels }: RecordingFormat): string {
  return channels === 1
    ? l10n.t('{0} Hz, 1 channel', sampleRate)
    : l10n.t('{0} Hz, {1} channels', sampleRate, channels);
}
