import type { IncomingMessage as Request, ServerResponse } from 'node:http';
import type { Delivery, IncomingMessage, Principal, WaybillError } from '@waybill/contract';
import { encodingRefused, type ProblemDetails, tooLarge } from '../answering/problem.ts';
import type { Admitted } from './admission.ts';
import type { ByteBudget, InFlight } from './capacity.ts';
import { defectBy } from './defect.ts';

/** Why there is no body. `gone`: the client went away before all of it had come; there is nobody to answer. */
export type NoBody = 'too-large' | 'no-memory' | 'gone';

export interface BodyLimits {
  /** In bytes. */
  readonly limit: number;
  readonly budget: ByteBudget;
  /** What is too large is handed over with as much as came, since its sender is to hear of it in a reply. */
  readonly always: boolean;
}

/** A request whose body is there, with its answer: the delivery of a message over HTTP. */
export class Exchange implements Delivery {
  readonly request: Request;
  readonly response: ServerResponse;
  readonly message: IncomingMessage;
  readonly principal: Principal | undefined;
  readonly defect: WaybillError | undefined;
  /** What is answered where nobody has a reply to the defect. */
  readonly problem: ProblemDetails | undefined;
  #controller: AbortController | undefined;
  #isAbandoned = false;

  private constructor(request: Request, response: ServerResponse, { id, properties, principal, defect }: Admitted, body: Uint8Array) {
    this.request = request;
    this.response = response;
    this.message = { id, body, contentType: properties['content-type'], properties };
    this.principal = principal;
    this.problem = defect;
    this.defect = defect && defectBy(defect, properties['content-type']);
  }

  /** Of a request that says beforehand that it is of no use to read it. */
  static withoutBody(request: Request, response: ServerResponse, admitted: Admitted): Exchange | undefined {
    const isUseless = admitted.defect === tooLarge || admitted.defect === encodingRefused;
    return isUseless ? new Exchange(request, response, admitted, new Uint8Array()) : undefined;
  }

  /**
   * Collects the body of a request, or tells why there is none. Never rejects. What the body took of the budget is given back
   * by the caller when there is a body, and by this function when there is none.
   */
  static receive(
    request: Request,
    response: ServerResponse,
    admitted: Admitted,
    { limit, budget, always }: BodyLimits,
  ): Promise<Exchange | NoBody> {
    return new Promise((resolve) => {
      const chunks: Buffer[] = [];
      let size = 0;
      let hasEnded = false;
      // The listeners stay: taking them away would cost every request more than ignoring what they hear afterwards.
      const giveUp = (reason: NoBody) => {
        if (hasEnded) return;
        hasEnded = true;
        budget.giveBack(size);
        resolve(reason);
      };
      const finish = (found: Admitted) => {
        if (hasEnded) return;
        hasEnded = true;
        resolve(new Exchange(request, response, found, chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size)));
      };
      request.on('data', (chunk: Buffer) => {
        if (hasEnded) return;
        if (size + chunk.length > limit) return always ? finish({ ...admitted, defect: tooLarge }) : giveUp('too-large');
        if (!budget.take(chunk.length)) return giveUp('no-memory');
        size += chunk.length;
        chunks.push(chunk);
      });
      request.on('end', () => finish(admitted));
      request.on('close', () => giveUp('gone'));
    });
  }

  /** Counts this exchange until its answer is sent or its client has gone, which aborts `abandoned`. */
  watch(unanswered: InFlight): void {
    unanswered.begin();
    this.response.on('close', () => {
      unanswered.end();
      if (this.response.writableFinished) return;
      this.#isAbandoned = true;
      this.#controller?.abort();
    });
  }

  /** The signal is made only when it is asked for: for most requests it is not, and making one costs time. */
  get abandoned(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#isAbandoned) this.#controller.abort();
    return this.#controller.signal;
  }
}
