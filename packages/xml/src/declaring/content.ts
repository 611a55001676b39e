import type { ElementNode, Single } from './nodes.ts';

/** The value of an element or group, key by key. */
export type Holder = Record<string, unknown>;

/** True when nothing in the element can vary, so that it has no value. */
export function isNothing(node: ElementNode): boolean {
  return (
    node.map === undefined &&
    node.others === undefined &&
    (node.text === undefined || node.text === 'ignored') &&
    Object.values(node.attributes).every(({ presence }) => presence === 'fixed') &&
    Object.values(node.children).every((child) => child.kind === 'element' && isNothing(child))
  );
}

/** The element behind a reference that is resolved late. */
export function resolved(node: Single): Exclude<Single, { kind: 'lazy' }> {
  return node.kind === 'lazy' ? node.get() : node;
}
