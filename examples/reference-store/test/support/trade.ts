import { type PurchaseOrderSubmitInput, purchaseOrderSubmit } from '@waybill/commerce';
import type { ApplicationDefinition, CommandDefinition, InputOf, OutputOf } from '@waybill/contract/application';
import type { Store } from '../../src/index.ts';
import { larkfield, place } from './buyers.ts';
import { deliver, type Published } from './deliver.ts';
import { memoryStore } from './fixture.ts';
import { faultsOf } from './schemas.ts';

/** A store that sells to larkfield, and what it has published: every event is one that the kernel would take. */
export class Trade {
  readonly store: Store;
  readonly application: ApplicationDefinition;
  readonly published: Published[] = [];
  #messages = 0;

  constructor() {
    ({ store: this.store, application: this.application } = memoryStore({ clock: () => new Date('2026-10-06T08:00:00Z') }));
    this.store.buyers.add(larkfield);
  }

  async send<Command extends CommandDefinition>(command: Command, input: InputOf<Command>): Promise<OutputOf<Command>> {
    const { output, published } = await deliver(this.application, command, input, `m${++this.#messages}`, 'larkfield');
    const faults = published.map(faultsOf).filter(Boolean);
    if (faults.length > 0) throw new Error(`An event is not as declared: ${JSON.stringify(faults)}`);
    this.published.push(...published);
    return output;
  }

  submit(input: PurchaseOrderSubmitInput): Promise<OutputOf<typeof purchaseOrderSubmit>> {
    return this.send(purchaseOrderSubmit, input);
  }

  told(): readonly string[] {
    return this.published.map(({ event }) => event);
  }

  placedId(): string {
    return this.store.buyers.placed(place) ?? 'none';
  }

  /** How the back end names the order. */
  backEnd(): { readonly orderId: string; readonly merchantOrderNumber: string } {
    return { orderId: this.placedId(), merchantOrderNumber: 'SO-1' };
  }
}
