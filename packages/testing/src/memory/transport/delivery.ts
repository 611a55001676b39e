import type { Delivery, Message } from '@waybill/contract';

/** A message in hand. The signal is made when somebody asks for it: most deliveries are settled before. */
export class MemoryDelivery implements Delivery {
  readonly message: Message;
  readonly attempt: number | undefined;
  readonly giveUpAfter: number | undefined;
  #lost: AbortController | undefined;

  constructor(message: Message, attempt: number | undefined, giveUpAfter: number | undefined) {
    this.message = message;
    this.attempt = attempt;
    this.giveUpAfter = giveUpAfter;
  }

  get lost(): AbortSignal {
    this.#lost ??= new AbortController();
    return this.#lost.signal;
  }

  takeBack(): void {
    this.#lost ??= new AbortController();
    this.#lost.abort();
  }
}
