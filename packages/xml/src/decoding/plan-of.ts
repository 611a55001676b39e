import type { Group, Step } from '@waybill/mapping';
import { ContentModel, type Plans } from './content-model.ts';
import type { ElementPlan } from './plan.ts';

/** The plan of a declaration and of everything in it. Throws a `TypeError` when a content model is ambiguous. */
export function planOf(root: Group): ElementPlan {
  return new PlansOfMessage().own(root);
}

/** The plans of one message. Groups with an object of their own have one plan, wherever they stand; they can contain themselves. */
class PlansOfMessage implements Plans {
  readonly #own = new Map<Group, ElementPlan>();

  own(group: Group): ElementPlan {
    return this.#own.get(group) ?? new ContentModel(group, [], this, true).complete((made) => this.#own.set(group, made));
  }

  outer(group: Group, before: readonly Step[]): ElementPlan {
    return new ContentModel(group, before, this, false).complete(() => undefined);
  }
}
