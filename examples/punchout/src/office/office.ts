import type { IncomingMessage, ServerResponse } from 'node:http';
import { CommandError } from '@waybill/contract';
import type { Publisher } from '@waybill/contract/application';
import type { Store } from '@waybill/reference-store';
import { readForm } from '../form.ts';
import { officePage } from './office-page.ts';
import { steps, take } from './steps.ts';

export interface OfficeParts {
  readonly store: Store;
  readonly buyers: readonly string[];
  readonly publisher: Publisher;
}

/**
 * The page of those who work in the shop: `/office`. It asks for no password, since the example listens on this machine alone; what changes something has to
 * come from the page itself.
 */
export async function serveOffice(parts: OfficeParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { store, buyers } = parts;
  const problem = request.method === 'POST' ? await taken(parts, request) : undefined;
  if (request.method === 'POST' && problem === undefined) {
    response.writeHead(303, { location: '/office', 'cache-control': 'no-store' }).end();
    return;
  }
  response.writeHead(problem === undefined ? 200 : 409, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  });
  response.end(
    officePage(
      buyers.flatMap((buyer) => store.buyers.orders(buyer)),
      problem,
    ).text,
  );
}

/** Answers what keeps the step from being taken. */
async function taken({ store, publisher }: OfficeParts, request: IncomingMessage): Promise<string | undefined> {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return 'Only the page itself may change something.';
  const form = await readForm(request);
  const step = steps.find((each) => each === form?.get('step'));
  if (!form || !step) return 'There is no such step.';
  try {
    const order = store.buyers.order({
      buyer: form.get('buyer') ?? '',
      orderId: form.get('order') ?? '',
      test: form.get('test') === 'yes',
    });
    take(step, store, order);
  } catch (error) {
    if (error instanceof CommandError) return error.message;
    throw error;
  }
  await store.announce(publisher);
  return undefined;
}
