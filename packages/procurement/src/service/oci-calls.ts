import type { IncomingMessage, ServerResponse } from 'node:http';
import { type OciCall, ociCallOf } from '../oci/call.ts';
import { type OciForm, readOciForm } from '../oci/form.ts';
import { messagePage } from '../pages/message-page.ts';
import { languageFrom } from '../pages/texts.ts';
import type { Buyer } from '../partners/buyer.ts';
import { requisitionerOfCall } from '../partners/requisitioner.ts';
import { newSessionId } from '../sessions/keys.ts';
import type { PunchoutSession } from '../sessions/session.ts';
import { bodyOf } from './http/body.ts';
import { isLookingAhead } from './http/probes.ts';
import { sendNothing, sendPage } from './http/responses.ts';
import { answerCall } from './oci-answers.ts';
import { newEntrance, sendIn } from './starting.ts';
import type { Asker, Question } from './storefront.ts';
import { surroundings, type Workings } from './workings.ts';

/**
 * Serves a call of OCI, which is log-on and start in one. It looks at no cookie and takes none away: whatever sessions the browser has, go on.
 */
export async function serveCall(workings: Workings, query: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method, headers } = request;
  if (method === 'HEAD') return sendNothing(response, 200);
  if (method !== 'GET' && method !== 'POST') return sendNothing(response, 405, { allow: 'GET, POST' });
  if (isLookingAhead(request)) return sendNothing(response, 503);
  const { partners, log, texts } = workings;
  // Fields in the address of a POST count, too: some buyers have fixed ones there.
  const body = method === 'POST' ? await bodyOf(request) : Buffer.alloc(0);
  const form = readOciForm(
    Buffer.concat([body, Buffer.from(body.length > 0 && query !== '' ? `&${query}` : query, 'latin1')]),
    headers['content-type'],
  );
  const buyer = await partners.recogniseCall(form);
  const language = languageFrom(headers['accept-language'], texts);
  if (!buyer) {
    log.warn({}, 'an OCI call was refused: user and password are not those of a buyer');
    const around = surroundings(workings, language, false);
    return sendPage(response, 403, messagePage(around, { said: around.texts.refusedCall }), undefined);
  }
  const call = ociCallOf(form, buyer);
  const asker = await askerOf(workings, buyer, form);
  const question = questionOf(call);
  if (question) await answerCall(workings, { buyer, call, asker, question, language }, response);
  else await begin(workings, call, asker, language, response);
}

async function askerOf({ storefront }: Workings, buyer: Buyer, form: OciForm): Promise<Asker> {
  const test = buyer.test === 'always';
  const about = { buyer: buyer.name, test };
  return {
    ...about,
    user: await storefront.registerUser(
      requisitionerOfCall(buyer, (field) => form.get(field)),
      about,
    ),
  };
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

async function begin(
  workings: Workings,
  call: OciCall,
  { buyer, user, test }: Asker,
  language: string,
  response: ServerResponse,
): Promise<void> {
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
