import type { Identity, Parties } from '@waybill/commerce';
import type { Credentials, Principal } from '@waybill/contract';
import { partiesOf } from '@waybill/cxml';
import type { OciForm } from '../oci/form.ts';
import type { Buyer } from './buyer.ts';
import { mistakesOfPartners } from './checking/check-partners.ts';
import type { Mistake } from './checking/check-shape.ts';
import { DeclaredPartners, type PartnerDirectory } from './directory.ts';
import { partnerErrors } from './errors.ts';
import { identityKey, withoutTestSuffix } from './identities.ts';
import { LookUp, type Sender } from './look-up.ts';
import type { PartnersSpec, SupplierSpec } from './partner-settings.ts';
import { isSecretOf } from './secrets.ts';

/** What a document says of who sends it. */
export interface Claim {
  readonly parties: Parties;
  /** The secret of the sender, to the character; undefined where the document has none. */
  readonly secret: string | undefined;
}

/** What is known of a document beside what it says itself. */
export interface Arrival {
  /** The inbound entry that it came by. */
  readonly entry: string;
  /** Whom the transport has recognised, as by HTTP Basic. */
  readonly sender?: Principal | undefined;
}

/** The store and everybody it deals with. */
export interface Partners {
  readonly supplier: SupplierSpec;
  /**
   * The buyer for whom a document speaks. Undefined when its sender did not prove who it is, or when the document is for somebody else: whatever was wrong,
   * the answer is the same. Throws WB_PARTNERS_NOT_ENTITLED when the sender is right and may not speak for whoever stands in From.
   */
  recognise(claim: Claim, arrival: Arrival): Promise<Buyer | undefined>;
  /**
   * The same as a kernel asks it: `authenticate` of the application. The principal has the name of the buyer. The credentials are those that the procurement
   * pack finds in a document.
   */
  authenticate(credentials: Credentials, arrival: Arrival): Promise<Principal | undefined>;
  /** The buyer whose user name and password stand in an OCI call; undefined for all that is wrong with them. */
  recogniseCall(form: OciForm): Promise<Buyer | undefined>;
  /** The buyer of this name. */
  buyer(name: string): Promise<Buyer | undefined>;
}

/** More names than this has no party; each of them costs a look at the directory. */
const mostNames = 10;

/**
 * The partners of a store: a declaration, which is checked as a whole, and perhaps a directory of the application for those that are not declared.
 * Throws WB_PARTNERS_WRONG with every mistake and its path.
 */
export function definePartners(spec: PartnersSpec, directory?: PartnerDirectory): Partners {
  const mistakes = mistakesOfPartners(spec, directory !== undefined);
  if (mistakes.length > 0) throw wrong(mistakes);
  const declared = new DeclaredPartners(spec.senders ?? {}, spec.buyers);
  const lookUp = new LookUp(directory ? [declared, directory] : [declared]);
  const ours = new Set(spec.supplier.identities.map((each) => identityKey(withoutTestSuffix(each))));
  return {
    supplier: spec.supplier,
    recognise: (claim, arrival) => recognise(lookUp, ours, claim, arrival),
    authenticate: async (credentials, arrival) => {
      const found = partiesOf(credentials);
      const buyer = found && (await recognise(lookUp, ours, { parties: found.parties, secret: found.secret }, arrival));
      return buyer && { name: buyer.name };
    },
    recogniseCall: (form) => recogniseCall(lookUp, form),
    buyer: (name) => lookUp.buyerNamed(name),
  };
}

function wrong(mistakes: readonly Mistake[]): Error {
  const list = mistakes.map(({ at, what }) => `${at || 'the declaration'} ${what}`);
  return partnerErrors.WB_PARTNERS_WRONG(`The partners are not declared as they have to be: ${list.join('; ')}.`, { at: mistakes[0]?.at });
}

/** Everything is looked at before anything is decided, so that the way is the same one for all that is wrong. */
async function recognise(
  lookUp: LookUp,
  ours: ReadonlySet<string>,
  { parties, secret }: Claim,
  arrival: Arrival,
): Promise<Buyer | undefined> {
  const sender = parties.sender && (await lookUp.sender(parties.sender));
  const isProven = isSecretOf(sender?.secrets, secret) || isKnown(sender, arrival);
  const isForUs = parties.to.some((each) => !each.marketplace && ours.has(identityKey(withoutTestSuffix(each))));
  const buyers = await buyersOf(lookUp, parties.from);
  if (!sender || !isProven || !isForUs) return undefined;
  const [buyer, ...others] = buyers;
  if (buyer && others.length === 0 && sender.speaksFor.includes(buyer.name)) return buyer;
  throw partnerErrors.WB_PARTNERS_NOT_ENTITLED(`The sender ${sender.name} may not speak for whoever stands in From.`);
}

function isKnown(sender: Sender | undefined, { entry, sender: principal }: Arrival): boolean {
  if (!sender) return false;
  return sender.knownAt.includes(entry) || (principal !== undefined && sender.knownAs.includes(principal.name));
}

/** The buyers that the names in From are of: one, if they are all of the same. */
async function buyersOf(lookUp: LookUp, names: readonly Identity[]): Promise<readonly Buyer[]> {
  const found = new Map<string, Buyer>();
  // One that names the marketplace is no name of the buyer.
  for (const name of names.filter(({ marketplace }) => !marketplace).slice(0, mostNames)) {
    const buyer = await lookUp.buyerOf(name);
    if (buyer) found.set(buyer.name, buyer);
  }
  return [...found.values()];
}

async function recogniseCall(lookUp: LookUp, form: OciForm): Promise<Buyer | undefined> {
  const buyer = await lookUp.logon((field) => form.get(field));
  const password = form.get(buyer?.logon?.passwordField ?? 'PASSWORD');
  const isRight = isSecretOf(buyer?.logon?.passwords, password);
  return buyer && isRight ? buyer : undefined;
}
