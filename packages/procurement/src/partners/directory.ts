import type { Identity } from '@waybill/commerce';
import type { Mistake } from './checking/check-shape.ts';
import { findByIdentity, identityKey } from './identities.ts';
import type { BuyerSpec, SenderSpec } from './partner-settings.ts';

/** A sender of the directory, under its name. */
export interface NamedSender {
  readonly name: string;
  readonly sender: SenderSpec;
}

/** A buyer of the directory, under its name. */
export interface NamedBuyer {
  readonly name: string;
  readonly buyer: BuyerSpec;
}

/**
 * Where an application looks up its partners, such as its own database. It is asked for what the declaration does not have, with every document, so it should
 * answer from memory mostly. What it answers is checked as the declaration is, and compared once more: a database that compares without case lets nobody in.
 */
export interface PartnerDirectory {
  /** The sender that is known under this identity. Look for it with and without `-T` at its end. */
  findSender(identity: Identity): Promise<NamedSender | undefined>;
  /** The buyer that is known under this identity. */
  findBuyer(identity: Identity): Promise<NamedBuyer | undefined>;
  /** The buyer of this name. */
  buyerNamed(name: string): Promise<NamedBuyer | undefined>;
  /** The buyer whose OCI calls log on so: `valueOf` gives what the call has in a field, whose name is compared without case. */
  findLogon(valueOf: (field: string) => string | undefined): Promise<NamedBuyer | undefined>;
  /** Told of what is wrong with an entry; it counts as not being there. */
  foundMistakes?(mistakes: readonly Mistake[]): void;
}

/** The directory that a declaration is. */
export class DeclaredPartners implements PartnerDirectory {
  readonly #senders: ReadonlyMap<string, NamedSender>;
  readonly #buyers: ReadonlyMap<string, NamedBuyer>;
  readonly #byIdentity: ReadonlyMap<string, NamedBuyer>;
  readonly #logons: ReadonlyMap<string, ReadonlyMap<string, NamedBuyer>>;

  constructor(senders: Readonly<Record<string, SenderSpec>>, buyers: Readonly<Record<string, BuyerSpec>>) {
    const named = Object.entries(buyers).map(([name, buyer]): NamedBuyer => ({ name, buyer }));
    this.#senders = new Map(
      Object.entries(senders).flatMap(([name, sender]) => sender.identities.map((each) => [identityKey(each), { name, sender }] as const)),
    );
    this.#buyers = new Map(named.map((each) => [each.name, each]));
    this.#byIdentity = new Map(named.flatMap((each) => (each.buyer.identities ?? []).map((one) => [identityKey(one), each] as const)));
    this.#logons = byField(named);
  }

  async findSender(identity: Identity): Promise<NamedSender | undefined> {
    return findByIdentity(this.#senders, identity);
  }

  async findBuyer(identity: Identity): Promise<NamedBuyer | undefined> {
    return findByIdentity(this.#byIdentity, identity);
  }

  async buyerNamed(name: string): Promise<NamedBuyer | undefined> {
    return this.#buyers.get(name);
  }

  async findLogon(valueOf: (field: string) => string | undefined): Promise<NamedBuyer | undefined> {
    for (const [field, users] of this.#logons) {
      const buyer = users.get(valueOf(field) ?? '');
      if (buyer) return buyer;
    }
    return undefined;
  }
}

/** Buyers by the name of the field with their user name, then by that. */
function byField(buyers: readonly NamedBuyer[]): ReadonlyMap<string, ReadonlyMap<string, NamedBuyer>> {
  const fields = new Map<string, Map<string, NamedBuyer>>();
  for (const each of buyers) {
    const { logon } = each.buyer;
    if (!logon) continue;
    const field = (logon.userField ?? 'USERNAME').toLowerCase();
    fields.set(field, (fields.get(field) ?? new Map()).set(logon.user, each));
  }
  return fields;
}
