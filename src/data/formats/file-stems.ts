import { trimEndWhere } from '../../common/trim-text';

/** A number at the end, as `12` or `(3)`. */
const NUMBER = /\(\d{1,18}\)$|\d{1,18}$/;

/** What stands before the number of one of several files that were made of one thing. */
const COUNTED =
  /(?<![a-z])(?:frame|frm|img|image|pic|slice|crop|patch|tile|aug|seg|segment|part|chunk|window|view|shot|take|rep|f|s|t|z)s?$/i;

const isSeparator = (character: string): boolean => ' \t_.-'.includes(character);

/** Longer names are no names of frames. */
const LONGEST = 255;

/**
 * A file's name without its ending and without what counts it: `walk-03_frame_0012.png` → `walk-03`. Files of one stem are
 * often made of one thing: frames of a recording, patches of a slide.
 */
export function stemOf(name: string): string {
  if (name.length > LONGEST) return name;
  const bare = name.replace(/(?:\.[a-z][a-z0-9]{0,4}){1,2}$/i, '');
  if (!NUMBER.test(bare)) return bare;
  const counted = trimEndWhere(bare.replace(NUMBER, ''), isSeparator);
  const stem = trimEndWhere(counted.replace(COUNTED, ''), isSeparator);
  return stem === '' ? bare : stem;
}
