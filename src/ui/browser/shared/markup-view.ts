import { type VNode, h } from 'preact';
import type { Markup } from '../../markup';

/** Markup that reports and pages share, as elements of a page; every text in it becomes a text node. */
export function markupView({ tag, attributes, children }: Markup): VNode {
  // What has an id is the same element when it is drawn again: a table that is open stays open.
  const { id } = attributes;
  return h(
    tag,
    { ...attributes, ...(id === undefined ? {} : { key: id }) },
    ...children.map(child => (typeof child === 'string' ? child : markupView(child))),
  );
}

export function markupViews(parts: readonly (Markup | undefined)[]): readonly VNode[] {
  return parts.flatMap(part => (part ? [markupView(part)] : []));
}
