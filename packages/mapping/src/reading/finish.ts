import { Problem } from '@waybill/values';
import type { Finding, Joined, Leaf, Path } from '../declaring/nodes.ts';
import { type Holder, held, reach, type Slot, type Step, slotOf } from '../holding/slot.ts';

/** What is done when the group ends in which something was read: a value that is made of parts, or one that counts only beside another. */
export type Finish =
  | {
      readonly kind: 'join';
      readonly slot: Slot;
      /** The numbers of its parts among those of the group, and their names for errors. */
      readonly parts: readonly { readonly part: number; readonly name: string }[];
      readonly join: Joined['join'];
    }
  | { readonly kind: 'only if'; readonly slot: Slot; readonly condition: Slot; readonly is: unknown };

/** Undefined for a leaf that counts in any case. */
export function conditionOf({ to, onlyIf }: Leaf, before: readonly Step[]): Finish | undefined {
  return onlyIf && { kind: 'only if', slot: slotOf(before, to), condition: slotOf(before, onlyIf.path), is: onlyIf.is };
}

/** Joins what came in parts, and drops what does not count. The finding, for parts that do not fit together. */
export function finishGroup(steps: readonly Finish[], scope: Holder, parts: readonly unknown[] = []): Finding | undefined {
  for (const step of steps) {
    if (step.kind === 'only if') {
      const { slot, condition, is } = step;
      if (held(scope, slot) !== undefined && held(scope, condition) !== is) delete reach(scope, slot.path, -1)[slot.key];
      continue;
    }
    const values = step.parts.map(({ part }) => parts[part]);
    const first = values.findIndex((value) => value !== undefined);
    if (first < 0) continue;
    const value = step.join(values);
    if (value instanceof Problem) return { says: value.says, at: step.parts[first]?.name, hint: value.hint };
    reach(scope, step.slot.path, -1)[step.slot.key] = value;
  }
  return undefined;
}

/** Why a value that repeats another one, at `path` from the root, is not that one. Undefined where it is, or is absent. */
export function repeatProblem(value: unknown, above: unknown, path: Path): Problem | undefined {
  if (value === undefined || value === above) return undefined;
  return new Problem(above === undefined ? `repeats ${path.join('.')}, which is not given above` : `differs from ${path.join('.')} above`);
}

/** Puts an entry into a record, as a property of its own whatever its name is: `__proto__` is a name like any other. */
export function putEntry(record: Holder, name: string, value: unknown): void {
  if (name !== '__proto__') record[name] = value;
  else Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
}
