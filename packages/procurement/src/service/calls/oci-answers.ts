import type { ServerResponse } from 'node:http';
import { newPayloadId, timestampOf } from '@waybill/cxml';
import type { Cart, CartNote, WrittenCart } from '../../carts/cart.ts';
import { writeCart } from '../../carts/write-cart.ts';
import type { OciCall } from '../../oci/call.ts';
import { messagePage } from '../../pages/message-page.ts';
import { fieldsPage, returnPage } from '../../pages/return-page.ts';
import type { Buyer } from '../../partners/buyer.ts';
import { punchoutErrors } from '../errors.ts';
import { sendPage } from '../http/responses.ts';
import type { Asker, Question } from '../storefront.ts';
import { ancestorsOf, surroundings, type Workings } from '../workings.ts';

/** A call that wants products and no user interface. */
export interface AskingCall {
  readonly buyer: Buyer;
  readonly call: OciCall;
  readonly asker: Asker;
  readonly question: Question;
  readonly language: string;
}

/**
 * Answers VALIDATE and BACKGROUND_SEARCH with item fields. A product goes back through the browser by itself; hits of a search are read from the page by a program.
 * There is no session and no cookie. Throws WB_PUNCHOUT_NOT_SUPPORTED.
 */
export async function answerCall(workings: Workings, asking: AskingCall, response: ServerResponse): Promise<void> {
  const { buyer, question, asker, language } = asking;
  const { storefront, log } = workings;
  if (!storefront.find) {
    throw punchoutErrors.WB_PUNCHOUT_NOT_SUPPORTED(
      `The buyer ${buyer.name} asks for a ${question.asks}, which the storefront does not answer.`,
    );
  }
  const cart = await storefront.find(question, asker);
  const around = surroundings(workings, language, asker.test);
  const first = write(workings, asking, cart);
  if (first.outcome === 'refused') {
    log.warn({ buyer: buyer.name, problems: first.problems }, 'lines of an answer to OCI were left out: the buyer would not take them');
  }
  const result = first.outcome === 'refused' && question.asks === 'search' ? write(workings, asking, without(cart, first.problems)) : first;
  if (result.outcome === 'refused') {
    const page = messagePage(around, { said: around.texts.problems, notes: result.problems });
    return sendPage(response, 409, page, ancestorsOf(buyer));
  }
  const page = question.asks === 'product' ? returnPage(around, { verb: 'return', ...result }, true) : fieldsPage(around, result.form);
  sendPage(response, 200, page, ancestorsOf(buyer));
}

function write({ partners, addresses, now }: Workings, { buyer, call }: AskingCall, cart: Cart): WrittenCart {
  return writeCart(
    { verb: 'return', cart },
    {
      supplier: partners.supplier,
      buyer,
      session: { protocol: 'oci', call },
      payloadId: newPayloadId(addresses.host, now()),
      timestamp: timestampOf(now()),
    },
  );
}

/** One hit that the buyer cannot take keeps none of the others back. */
function without(cart: Cart, problems: readonly CartNote[]): Cart {
  const bad = new Set(problems.map(({ line }) => line));
  return { ...cart, lines: bad.has(undefined) ? [] : cart.lines.filter((_, index) => !bad.has(index + 1)) };
}
