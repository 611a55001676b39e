import type { Holder } from '../declaring/content.ts';
import type { Edge, Position, Step } from './plan.ts';

/** Puts the value of a child where its position says, making the groups on the way. */
export function store(holder: Holder, { position, anew }: Edge, value: unknown): void {
  const { path, key, list } = position;
  const target = path.length === 0 ? holder : groupFor(holder, position, anew);
  if (!list) {
    target[key] = value;
    return;
  }
  const values = target[key] as unknown[] | undefined;
  if (values === undefined) target[key] = [value];
  else values.push(value);
}

function groupFor(holder: Holder, { path }: Position, anew: number): Holder {
  let target = holder;
  for (let index = 0; index < path.length; index += 1) {
    const step = path[index] as Step;
    if (!step.list) {
      target = (target[step.key] ??= {}) as Holder;
      continue;
    }
    const groups = (target[step.key] ??= []) as Holder[];
    if (groups.length === 0 || index === anew) groups.push({});
    target = groups.at(-1) as Holder;
  }
  return target;
}

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
