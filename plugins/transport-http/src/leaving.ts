import type { Delivery } from '@waybill/contract';

/** Whether the client has gone away. The signal is made when somebody asks for it: for most requests nobody does. */
export class Leaving {
  #controller: AbortController | undefined;
  #hasLeft = false;

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#hasLeft) this.#controller.abort();
    return this.#controller.signal;
  }

  leave(): void {
    this.#hasLeft = true;
    this.#controller?.abort();
  }

  /** The delivery, with the signal as `abandoned`. */
  watching(delivery: Omit<Delivery, 'abandoned'>): Delivery {
    const signal = () => this.signal;
    return {
      ...delivery,
      get abandoned() {
        return signal();
      },
    };
  }
}
