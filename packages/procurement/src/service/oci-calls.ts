import type { IncomingMessage, ServerResponse } from 'node:http';
import { newPayloadId, timestampOf } from '@waybill/cxml';
import { messagePage } from '../pages/message-page.ts';
import { fieldsPage, returnPage } from '../pages/return-page.ts';
import { languageFrom } from '../pages/texts.ts';
import { newSessionId } from '../sessions/keys.ts';
import type { PunchoutSession } from '../sessions/session.ts';
import { punchoutErrors } from './errors.ts';
import { bodyOf } from './http/body.ts';
import { isLookingAhead } from './http/probes.ts';
import { sendNothing, sendPage } from './http/responses.ts';
import type { Buyer, Cart, CartNote, OciCall, OciForm } from './partner-desk.ts';
import { newEntrance, sendIn } from './starting.ts';
import type { Asker, Question } from './storefront.ts';
import { ancestorsOf, surroundings, type Workings } from './workings.ts';

/**
 * Serves a call of OCI, which is log-on and start in one. It looks at no cookie and takes none away: whatever sessions the browser has, go on.
 */
export async function serveCall(workings: Workings, query: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method, headers } = request;
  if (method === 'HEAD') return sendNothing(response, 200);
  if (method !== 'GET' && method !== 'POST') return sendNothing(response, 405, { allow: 'GET, POST' });
  if (isLookingAhead(request)) return sendNothing(response, 503);
  const { desk, partners, log, texts } = workings;
  // Fields in the address of a POST count, too: some buyers have fixed ones there.
  const body = method === 'POST' ? await bodyOf(request) : Buffer.alloc(0);
  const form = desk.readOciForm(Buffer.concat([body, Buffer.from(body.length > 0 && query !== '' ? `&${query}` : query, 'latin1')]), headers['content-type']);
  const buyer = await partners.recogniseCall(form);
  const language = languageFrom(headers['accept-language'], texts);
  if (!buyer) {
    log.warn({}, 'an OCI call was refused: user and password are not those of a buyer');
    const around = surroundings(workings, language, false);
    return sendPage(response, 403, messagePage(around, { said: around.texts.refusedCall }), undefined);
  }
  const call = desk.ociCallOf(form, buyer);
  const asker = await askerOf(workings, buyer, form);
  const question = questionOf(call);
  if (question) await answer(workings, { buyer, call, asker, question, language }, response);
  else await shop(workings, call, asker, language, response);
}

async function askerOf({ desk, storefront }: Workings, buyer: Buyer, form: OciForm): Promise<Asker> {
  const test = buyer.test === 'always';
  const about = { buyer: buyer.name, test };
  return { ...about, user: await storefront.registerUser(desk.requisitionerOfCall(buyer, (field) => form.get(field)), about) };
}

function questionOf({ function: asked, productId = '', quantity = '1', searchString = '', vendor }: OciCall): Question | undefined {
  switch (asked) {
    case 'VALIDATE':
      return { asks: 'product', productId, quantity };
    case 'BACKGROUND_SEARCH':
      return { asks: 'search', words: searchString, ...(vendor !== undefined && { vendor }) };
    case 'SHOP':
    case 'DETAIL':
    case 'SOURCING':
      return undefined;
  }
}

async function shop(workings: Workings, call: OciCall, { buyer, user, test }: Asker, language: string, response: ServerResponse): Promise<void> {
  const { productId, searchString } = call;
  const session: PunchoutSession = {
    id: newSessionId(),
    buyer,
    protocol: 'oci',
    operation: call.function === 'DETAIL' ? 'inspect' : 'create',
    user,
    test,
    ...(productId !== undefined && { selected: { partId: productId, auxiliaryId: productId } }),
    ...(searchString !== undefined && { search: searchString }),
    ...(call.hook && { back: { protocol: 'oci', call } }),
  };
  await workings.storefront.openCart(session, []);
  const entered = newEntrance(workings, language);
  await workings.sessions.addOpen(session, entered.entrance, workings.now());
  await sendIn(workings, session, entered, response);
}

interface Asked {
  readonly buyer: Buyer;
  readonly call: OciCall;
  readonly asker: Asker;
  readonly question: Question;
  readonly language: string;
}

/** A product goes back through the browser by itself; hits of a search are read from the page by a program. There is no session and no cookie. */
async function answer(workings: Workings, asked: Asked, response: ServerResponse): Promise<void> {
  const { buyer, question, asker, language } = asked;
  const { storefront, log } = workings;
  if (!storefront.find) throw punchoutErrors.WB_PUNCHOUT_NOT_SUPPORTED(`The buyer ${buyer.name} asks for a ${question.asks} without a user interface, which the storefront does not answer.`);
  const cart = await storefront.find(question, asker);
  const around = surroundings(workings, language, asker.test);
  const result = writeAnswer(workings, asked, cart);
  if (result.outcome === 'refused') {
    log.warn({ buyer: buyer.name, problems: result.problems.length }, 'lines for an OCI call were left out: the buyer would not take them');
    if (question.asks === 'product') return sendPage(response, 409, problemsPage(around, result.problems), ancestorsOf(buyer));
  }
  const form = result.outcome === 'written' ? result.form : writtenOrThrown(writeAnswer(workings, asked, without(cart, result.problems)));
  const page = question.asks === 'product' ? returnPage(around, { verb: 'return', form, warnings: [] }, true) : fieldsPage(around, form);
  sendPage(response, 200, page, ancestorsOf(buyer));
}
