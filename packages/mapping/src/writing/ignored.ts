import type { Ignored, Path } from '../declaring/nodes.ts';
import { follow, type Holder } from '../holding/slot.ts';
import type { PlannedAttribute, Walk } from './planned.ts';

/** An attribute that means nothing is not written. */
export class PlannedUnwritten implements PlannedAttribute {
  readonly name: string;
  readonly bare: string;

  constructor(name: string) {
    this.name = name;
    this.bare = this.name.slice(1);
  }

  present(): boolean {
    return false;
  }

  attribute(): undefined {
    return undefined;
  }
}

/** An attribute that means nothing where it stands, and has to be there. */
export class PlannedInherited implements PlannedAttribute {
  readonly name: string;
  readonly bare: string;
  readonly #path: Path;
  readonly #writes: string;

  constructor({ name, inherits = [], writes }: Ignored) {
    this.name = name;
    this.bare = this.name.slice(1);
    this.#path = inherits;
    this.#writes = writes;
  }

  present(): boolean {
    return false;
  }

  attribute(_holder: Holder, walk: Walk): string {
    const value = follow(walk.root, this.#path);
    return typeof value === 'string' ? value : this.#writes;
  }
}
