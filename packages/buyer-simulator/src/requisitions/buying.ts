import { randomBytes } from 'node:crypto';
import type { PunchoutSetUpInput } from '@waybill/commerce';
import { type OciCall, ociCallOf, shownFields } from '../documents/oci-call.ts';
import { amountOf, orderContentOf } from '../documents/order-content.ts';
import { present } from '../documents/present.ts';
import { type Letterhead, type WrittenDocument, writtenDocument } from '../documents/written-document.ts';
import { errors } from '../errors.ts';
import { type Correspondence, startPageIn } from '../exchanges/correspondence.ts';
import type { BuyerProfile, CxmlProfile, OciProfile, Opening } from '../profiles/profiles.ts';
import { sumOf } from './exact.ts';
import type { KeptRequisitions } from './kept-requisitions.ts';
import type { Operation, Requisition, Session } from './requisition.ts';

export interface Shopping {
  readonly shop: string;
  readonly profile: BuyerProfile;
  /** Default: what the profile has. */
  readonly opening?: Opening | undefined;
  /** The part to show first; of OCI, for `FUNCTION=DETAIL`. */
  readonly selected?: string | undefined;
}

export interface Names {
  readonly identity: string;
  readonly supplier: string;
  readonly secret: string | undefined;
}

/** What a user of the buyer does: shop, look at a cart again, order, change and cancel. */
export class Buying {
  readonly #names: Names;
  readonly #requisitions: KeptRequisitions;
  readonly #correspondence: Correspondence;
  /** The address of the buyer, known once it listens. */
  readonly #ownUrl: () => string;
  /** As they were sent, by payload id. */
  readonly #sent = new Map<string, WrittenDocument>();
  #orders = 0;

  constructor(names: Names, requisitions: KeptRequisitions, correspondence: Correspondence, ownUrl: () => string) {
    this.#names = names;
    this.#requisitions = requisitions;
    this.#correspondence = correspondence;
    this.#ownUrl = ownUrl;
  }

  /** Begins a requisition; of cXML, the shop says where the browser begins. Throws `WB_BUYER_SHOP_UNREACHABLE` and `WB_BUYER_WRONG_STEP`. */
  async shop({ shop, profile, opening, selected }: Shopping): Promise<Requisition> {
    const session = (id: string): Session => ({
      cookie: cookieOf(id),
      operation: 'create',
      opening: opening ?? profile.opening,
      isBack: false,
    });
    const begun = { at: Date.now(), profile, shop, sessions: 1, lines: [], posts: [], followUps: [] };
    const requisition = this.#requisitions.add((id) => ({ id, ...begun, session: session(id) }));
    return profile.protocol === 'cxml' ? this.#setUp(requisition, profile, selected) : requisition;
  }

  /** Goes to the shop again with the lines of the requisition. Throws as `shop` does. */
  async shopAgain(id: string, operation: Exclude<Operation, 'create'>, opening?: Opening): Promise<Requisition> {
    const { profile, session, sessions } = this.#requisitions.get(id);
    if (profile.protocol !== 'cxml' || !profile.operations.includes(operation))
      throw errors.WB_BUYER_WRONG_STEP(`The profile ${profile.name} has no ${operation}.`, {
        hint: 'Shop anew, or choose another profile.',
      });
    const again = { cookie: cookieOf(id), operation, opening: opening ?? session.opening, isBack: false };
    return this.#setUp(this.#requisitions.change(id, { session: again, sessions: sessions + 1 }), profile);
  }

  /** What the browser sends to a catalog of OCI. Throws `WB_BUYER_WRONG_STEP` where the requisition is of another kind. */
  ociCall(id: string, functionFields: Readonly<Record<string, string>> = {}): OciCall {
    const { profile, shop } = this.#requisitions.get(id);
    if (profile.protocol !== 'oci') throw errors.WB_BUYER_WRONG_STEP(`The requisition ${id} is not of OCI.`);
    return this.#callOf(shop, profile, id, functionFields);
  }

  /** The same, and shows it among the documents: the browser is about to send it. */
  browseTo(id: string): OciCall {
    const call = this.ociCall(id);
    const request = { contentType: 'application/x-www-form-urlencoded', text: shownFields(call.fields) };
    const around = { direction: 'sent', by: 'browser', what: 'OCI call', headers: {} } as const;
    this.#correspondence.note({ ...around, method: call.method, url: call.action, request, requisition: id });
    return call;
  }

  /** Orders what is in the requisition, or sends the order as it is now. Throws `WB_BUYER_WRONG_STEP`, and as `shop` does. */
  async order(id: string): Promise<Requisition> {
    const requisition = this.#requisitions.get(id);
    return this.#sendOrder(requisition, requisition.order === undefined ? 'new' : 'update');
  }

  /** Takes the order back. Throws as `order` does. */
  async cancel(id: string): Promise<Requisition> {
    const requisition = this.#requisitions.get(id);
    if (requisition.order) return this.#sendOrder(requisition, 'delete');
    throw errors.WB_BUYER_WRONG_STEP(`The requisition ${id} was not ordered yet.`, { hint: 'Order it first.' });
  }

  /** Sends the newest document of the order once more, as it was: what a buyer does that got no answer. Throws as `order` does. */
  async sendAgain(id: string): Promise<void> {
    const { shop, order } = this.#requisitions.get(id);
    const newest = order?.payloadIds.at(-1);
    const document = newest === undefined ? undefined : this.#sent.get(newest);
    if (document) await this.#correspondence.send(shop, document, id);
    else throw errors.WB_BUYER_WRONG_STEP(`The requisition ${id} was not ordered yet.`, { hint: 'Order it first.' });
  }

  /** Asks the shop what it takes. Throws `WB_BUYER_SHOP_UNREACHABLE`. */
  async ask(shop: string, profile: CxmlProfile): Promise<void> {
    await this.#correspondence.send(shop, writtenDocument('ProfileRequest', {}, this.#head(profile)));
  }

  /** Sets the quantity of a line, by its place from 0: the next order has it. `0`: the line goes. */
  setQuantity(id: string, place: number, quantity: string): void {
    const { lines: before, total } = this.#requisitions.get(id);
    const changed = before.map((line, at) => (at === place ? { ...line, quantity } : line));
    const lines = changed.filter((line) => !/^0*(?:\.0*)?$/.test(line.quantity));
    this.#requisitions.change(id, { lines, total: total && { ...total, amount: sumOf(lines.map(amountOf)) } });
  }

  async #setUp(requisition: Requisition, profile: CxmlProfile, selected?: string): Promise<Requisition> {
    const { id, shop, session, lines } = requisition;
    const content = this.#setUpContent(requisition, profile, selected);
    const before =
      session.operation === 'create'
        ? content
        : { ...content, lines: lines.map((line, at) => ({ ...line, number: line.number ?? at + 1 })) };
    const document = writtenDocument('PunchOutSetupRequest', before, this.#head(profile));
    const startPage = startPageIn(await this.#correspondence.send(shop, document, id), shop);
    return this.#requisitions.change(id, { session: { ...session, startPage } });
  }

  #setUpContent({ id, session }: Requisition, { extrinsics }: CxmlProfile, selected: string | undefined) {
    return present<Omit<PunchoutSetUpInput, 'payloadId' | 'timestamp' | 'test' | 'parties'>>({
      operation: session.operation,
      cookie: session.cookie,
      returnAddress: this.#returnAddress(id),
      extrinsics: Object.entries(extrinsics).map(([name, value]) => ({ name, value })),
      contacts: [{ role: 'endUser', name: 'Dana Okafor', emails: ['dana@larkfield.example'] }],
      selected: selected === undefined ? undefined : { partId: selected },
    });
  }

  async #sendOrder(requisition: Requisition, type: 'new' | 'update' | 'delete'): Promise<Requisition> {
    const { id, profile, shop, order, lines } = requisition;
    if (profile.protocol !== 'cxml')
      throw errors.WB_BUYER_WRONG_STEP('OCI has no orders.', { hint: 'They come another way: by EDI, by mail, by cXML.' });
    if (lines.length === 0) throw errors.WB_BUYER_WRONG_STEP(`The requisition ${id} has no lines.`, { hint: 'Return a cart first.' });
    if (order?.state === 'canceled') throw errors.WB_BUYER_WRONG_STEP(`The order ${order.id} was canceled.`, { hint: 'Shop anew.' });
    if (!order) this.#orders += 1;
    const orderId = order?.id ?? `PO-${70_330 + this.#orders}`;
    const { payloadIds = [] } = order ?? {};
    const ordered = new Date().toISOString().replace(/\.\d+Z$/, '+00:00');
    const step = { type, orderId, ordered, replaces: payloadIds.at(-1), version: payloadIds.length + 1 };
    const document = writtenDocument('OrderRequest', orderContentOf(requisition, step), this.#head(profile));
    this.#sent.set(document.payloadId, document);
    const state = ({ new: 'ordered', update: 'changed', delete: 'canceled' } as const)[type];
    const sent = this.#requisitions.change(id, { order: { id: orderId, payloadIds: [...payloadIds, document.payloadId], state } });
    const { status } = await this.#correspondence.send(shop, document, id);
    // What a shop has refused was not ordered: the next attempt is the same step.
    if (status && status.code >= 300) return this.#requisitions.change(id, { order });
    return sent;
  }

  #callOf(shop: string, profile: OciProfile, id: string, functionFields: Readonly<Record<string, string>>): OciCall {
    const login = { user: this.#names.identity, password: this.#names.secret ?? '' };
    return ociCallOf(shop, profile, login, this.#returnAddress(id), functionFields);
  }

  /** With a query: it has to come back, of OCI as hidden fields. */
  #returnAddress(id: string): string {
    return new URL(`/cart?requisition=${id}&site=7`, this.#ownUrl()).href;
  }

  #head(profile: CxmlProfile): Letterhead {
    return { profile, ...this.#names };
  }
}

/** It differs between sessions, and says which requisition it is of. */
function cookieOf(id: string): string {
  return `${id}.${randomBytes(9).toString('base64url')}`;
}
