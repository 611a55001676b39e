import { type CxmlDocument, readDocument, type SetupAnswer } from '@waybill/cxml';
import type { WrittenDocument } from '../documents/written-document.ts';
import { errors } from '../errors.ts';
import type { NewExchange } from './exchange.ts';
import type { KeptExchanges } from './kept-exchanges.ts';
import { type Posted, post, type Way } from './post.ts';
import { concealed } from './shown-text.ts';

/** Sends documents to shops, and keeps what was said. */
export class Correspondence {
  readonly #kept: KeptExchanges;
  readonly #way: Way;

  constructor(kept: KeptExchanges, way: Way) {
    this.#kept = kept;
    this.#way = way;
  }

  /** Keeps what goes another way. */
  note(exchange: NewExchange): void {
    this.#kept.add(exchange);
  }

  /** Sends a document, and reads the answer. Throws `WB_BUYER_SHOP_UNREACHABLE` where none came that can be read. */
  async send(shop: string, { type, text }: WrittenDocument, requisition?: string): Promise<CxmlDocument> {
    const contentType = 'text/xml; charset=UTF-8';
    const headers = { 'Content-Type': contentType };
    const around = { direction: 'sent', by: 'http', what: type, method: 'POST', url: shop, headers, requisition } as const;
    const { id } = this.#kept.add({ ...around, request: { contentType, text: concealed(text) } });
    const begin = Date.now();
    const posted = await post(shop, text, headers, this.#way).catch((cause: unknown) => {
      const problem = cause instanceof Error ? cause.message : String(cause);
      this.#kept.complete(id, { took: Date.now() - begin, problem });
      throw errors.WB_BUYER_SHOP_UNREACHABLE(`The shop at ${shop} did not answer.`, { at: shop, cause });
    });
    return this.#read(id, posted, Date.now() - begin, shop);
  }

  #read(id: number, { status: http, headers, contentType, text }: Posted, took: number, shop: string): CxmlDocument {
    const answer = { status: http, headers, contentType, text: concealed(text) };
    try {
      const document = readDocument(text);
      const { code, text: word, detail } = document.status ?? { code: 200, text: 'OK' };
      const problem = code >= 300 ? [word, detail].filter(Boolean).join(': ') : undefined;
      this.#kept.complete(id, { answer, took, status: `${code} ${word}`, problem });
      return document;
    } catch (cause) {
      this.#kept.complete(id, { answer, took, problem: cause instanceof Error ? cause.message : 'It cannot be read.' });
      throw errors.WB_BUYER_SHOP_UNREACHABLE(`The shop at ${shop} has answered ${http} with something that is no cXML.`, {
        at: shop,
        cause,
      });
    }
  }
}

/** Where the browser begins. Throws `WB_BUYER_WRONG_STEP` where the shop lets nobody in. */
export function startPageIn({ type, status, input }: CxmlDocument, shop: string): string {
  if (type === 'PunchOutSetupResponse') return (input as SetupAnswer).startPage;
  const said = status === undefined ? 'nothing' : [status.code, status.text, status.detail].filter(Boolean).join(' ');
  throw errors.WB_BUYER_WRONG_STEP(`The shop at ${shop} lets nobody shop: ${said}`, {
    at: shop,
    hint: 'Compare identity, secret and profile with what the shop knows of this buyer.',
  });
}
