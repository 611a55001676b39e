import type { Identity } from '@waybill/commerce';
import { type Buyer, buyerFrom } from './buyer.ts';
import { mistakesOfBuyer, mistakesOfSender } from './checking/check-partners.ts';
import type { NamedBuyer, NamedSender, PartnerDirectory } from './directory.ts';
import { findByIdentity, identityKey } from './identities.ts';
import { type SecretSet, secretSet } from './secrets.ts';

/** A sender as the check of credentials needs it. */
export interface Sender {
  readonly name: string;
  readonly secrets: SecretSet;
  readonly knownAs: readonly string[];
  readonly knownAt: readonly string[];
  readonly speaksFor: readonly string[];
}

type Directory = Pick<PartnerDirectory, 'findSender' | 'findBuyer' | 'buyerNamed' | 'findLogon' | 'foundMistakes'>;

/** Asks directories one after the other. What was made of an entry is kept as long as the entry itself, so that a declared one is worked out once. */
export class LookUp {
  readonly #directories: readonly Directory[];
  readonly #buyers = new WeakMap<object, Buyer | undefined>();
  readonly #senders = new WeakMap<object, Sender | undefined>();

  constructor(directories: readonly Directory[]) {
    this.#directories = directories;
  }

  async sender(identity: Identity): Promise<Sender | undefined> {
    for (const directory of this.#directories) {
      const found = await directory.findSender(identity);
      if (found && isNamed(found.sender.identities, identity)) return this.#senderOf(found, directory);
    }
    return undefined;
  }

  async buyerOf(identity: Identity): Promise<Buyer | undefined> {
    for (const directory of this.#directories) {
      const found = await directory.findBuyer(identity);
      if (found && isNamed(found.buyer.identities ?? [], identity)) return this.#buyerOf(found, directory);
    }
    return undefined;
  }

  async buyerNamed(name: string): Promise<Buyer | undefined> {
    for (const directory of this.#directories) {
      const found = await directory.buyerNamed(name);
      if (found && found.name === name) return this.#buyerOf(found, directory);
    }
    return undefined;
  }

  async logon(valueOf: (field: string) => string | undefined): Promise<Buyer | undefined> {
    for (const directory of this.#directories) {
      const found = await directory.findLogon(valueOf);
      const buyer = found && this.#buyerOf(found, directory);
      if (buyer?.logon && valueOf(buyer.logon.userField) === buyer.logon.user) return buyer;
    }
    return undefined;
  }

  #buyerOf({ name, buyer: spec }: NamedBuyer, directory: Directory): Buyer | undefined {
    if (!this.#buyers.has(spec)) {
      const mistakes = mistakesOfBuyer(name, spec);
      if (mistakes.length > 0) directory.foundMistakes?.(mistakes);
      this.#buyers.set(spec, mistakes.length > 0 ? undefined : buyerFrom(name, spec));
    }
    return this.#buyers.get(spec);
  }

  #senderOf({ name, sender: spec }: NamedSender, directory: Directory): Sender | undefined {
    if (!this.#senders.has(spec)) {
      const mistakes = mistakesOfSender(name, spec);
      if (mistakes.length > 0) directory.foundMistakes?.(mistakes);
      const { secrets = [], secretDigests = [], knownAs = [], knownAt = [], speaksFor } = spec;
      const sender = { name, secrets: secretSet(secrets, secretDigests), knownAs, knownAt, speaksFor };
      this.#senders.set(spec, mistakes.length > 0 ? undefined : sender);
    }
    return this.#senders.get(spec);
  }
}

/** Whether one of the identities is this one, by our own rule. */
function isNamed(identities: readonly Identity[], identity: Identity): boolean {
  return findByIdentity(new Map(identities.map((each) => [identityKey(each), true])), identity) === true;
}
