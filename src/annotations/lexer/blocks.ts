import type { BlockRule } from '../languages/syntax';
import { find, pop, push, replaceTop, widthOf, type Pass } from './pass';
import type { BlockFrame } from './state';

/** Enters the block comment that `text` opens. */
export function openBlock(pass: Pass, text: string, rule: BlockRule): void {
  const close = typeof rule.close === 'string' ? rule.close : rule.close(text);
  push(pass, { kind: 'block', open: text.trim(), close, depth: rule.nested ? 1 : 0 });
}

/** Reads on inside a block comment. False when it takes the rest of the line. */
export function scanBlock(pass: Pass, frame: BlockFrame): boolean {
  const start = pass.column;
  let { depth } = frame;
  let at = start;
  for (;;) {
    const close = find(pass, frame.close, at);
    const open = frame.depth > 0 ? find(pass, frame.open, at) : -1;
    if (open >= 0 && (close < 0 || open < close)) {
      depth++;
      at = open + frame.open.length;
    } else if (close < 0) {
      pass.comments.push({ start, end: pass.text.length, kind: 'block', leader: frame.open });
      if (depth !== frame.depth) replaceTop(pass, { ...frame, depth });
      return false;
    } else {
      depth--;
      at = close + widthOf(frame.close);
      if (depth > 0) continue;
      pass.comments.push({ start, end: close, kind: 'block', leader: frame.open });
      pop(pass);
      pass.column = at;
      return true;
    }
  }
}
