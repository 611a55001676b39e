import type { Holder } from '../declaring/content.ts';
import type { Position } from './plan.ts';

/** What a position holds so far: the value, the list, or undefined. */
export function stored(holder: Holder, { path, key }: Position): unknown {
  let target: unknown = holder;
  for (const step of path) {
    const group = (target as Holder | undefined)?.[step.key];
    target = Array.isArray(group) ? group.at(-1) : group;
  }
  return (target as Holder | undefined)?.[key];
}

/** How many values a position has taken so far, over all groups: the next one is one more. */
export function countStored(holder: Holder, { path, key }: Position): number {
  let targets: unknown[] = [holder];
  for (const name of [...path.map((step) => step.key), key]) targets = targets.flatMap((target) => (target as Holder)[name] ?? []);
  return targets.length;
}
