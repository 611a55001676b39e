import type { ClaimToken } from '@waybill/contract';
import type { Actor, Bench } from './bench.ts';

export interface Claim {
  readonly actor: Actor;
  readonly token: ClaimToken;
  readonly at: number;
}

/** Who has claimed a row, and by which token it was ended last. */
export class Claims {
  readonly #bench: Bench;
  readonly #name: string;
  #newest: Claim | undefined;
  #isOpen = false;
  #ended: { readonly token: ClaimToken; readonly as: string } | undefined;

  constructor(name: string, bench: Bench) {
    this.#name = name;
    this.#bench = bench;
  }

  get newest(): Claim | undefined {
    return this.#newest;
  }

  begin({ actor, token, at }: Claim): void {
    const before = this.#newest;
    if (this.#isOpen && before && before.actor.state !== 'dead' && before.actor.suspendedAt < before.at)
      this.#bench.violated('claims', `${this.#name} was given to ${actor.name} while ${before.actor.name} has it`);
    this.#newest = { actor, token, at };
    this.#isOpen = true;
  }

  /** The journal says that a step with this token is recorded. Answers whether it is a repetition. */
  end(token: ClaimToken, as: string, actor: Actor): boolean {
    if (this.#ended && isSame(this.#ended.token, token) && this.#ended.as === as) return true;
    if (!this.#newest || !isSame(this.#newest.token, token))
      this.#bench.violated('fencing', `${actor.name} recorded "${as}" for ${this.#name} by a claim that is not the newest`);
    else if (!this.#isOpen) this.#bench.violated('fencing', `${actor.name} recorded "${as}" for ${this.#name} by a claim that had ended`);
    this.#ended = { token, as };
    this.#isOpen = false;
    return false;
  }

  /** The row is no more. */
  forget(): void {
    this.#newest = undefined;
    this.#ended = undefined;
    this.#isOpen = false;
  }

  /** Somebody without a claim has ended the row. */
  close(): void {
    this.#isOpen = false;
  }
}

function isSame(one: ClaimToken, other: ClaimToken): boolean {
  return one.owner === other.owner && one.version === other.version;
}
