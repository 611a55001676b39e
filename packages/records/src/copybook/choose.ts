import { layoutErrors } from '../errors.ts';
import type { Alternative, Choice, Field, Group } from '../layout/layout.ts';
import { same } from './tree.ts';

/** Which of the items that share a place a record has: told by a field, or always the same. `otherwise` holds for every other value. */
export type CopybookChoice =
  | { readonly by: string; readonly cases: Readonly<Record<string, string>>; readonly otherwise?: string }
  | { readonly always: string };

/** The choices of a caller, and which of them have found their place. */
export class Choices {
  readonly #given: readonly (readonly [string, CopybookChoice])[];
  readonly #used = new Set<string>();

  constructor(given: Readonly<Record<string, CopybookChoice>>) {
    this.#given = Object.entries(given);
  }

  /** Whether the caller has said something about the items at the place of this one. */
  has(redefined: string): boolean {
    return this.#given.some(([name]) => same(name, redefined));
  }

  /** `items` share a place; the first is the one that the others redefine. */
  choiceOf(items: readonly (Group | Field)[]): Choice {
    const redefined = items[0]?.name ?? '';
    const [name, choice] = this.#given.find(([each]) => same(each, redefined)) ?? [];
    if (name === undefined || choice === undefined) return { alternatives: items.map((item) => ({ item })) };
    this.#used.add(name);
    if ('always' in choice) return { alternatives: items.map((item) => ({ item })), always: named(items, choice.always, name) };
    const { by, cases, otherwise } = choice;
    const targets = Object.entries(cases).map(([value, target]) => [value, named(items, target, name)] as const);
    const rest = otherwise === undefined ? undefined : named(items, otherwise, name);
    const alternatives = items.map((item): Alternative => {
      const when = targets.filter(([, target]) => target === item.name).map(([value]) => value);
      return item.name === rest ? { item } : { when, item };
    });
    return { by, alternatives };
  }

  /** Throws WB_RECORD_COPYBOOK for a choice that belongs to nothing. */
  checkAllUsed(): void {
    const [stranger] = this.#given.find(([name]) => !this.#used.has(name)) ?? [];
    if (stranger === undefined) return;
    throw layoutErrors.WB_RECORD_COPYBOOK(`Nothing in the copybook redefines ${stranger}, for which there is a choice.`, {
      at: `choose.${stranger}`,
      hint: 'A choice is given under the name of the item that others redefine.',
    });
  }
}

function named(items: readonly (Group | Field)[], name: string, redefined: string): string {
  const found = items.find((item) => same(item.name, name));
  if (found !== undefined) return found.name;
  throw layoutErrors.WB_RECORD_COPYBOOK(`${name} is none of the items at the place of ${redefined}.`, {
    at: `choose.${redefined}`,
    hint: `There are ${items.map((item) => item.name).join(', ')}.`,
  });
}
