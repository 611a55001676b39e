// A store in a process of its own, which is killed at a step that it is told. Its parent starts it with the file of the sessions, and gets its port.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { definePartners, definePunchout, openSessions, type SessionStore } from '../../src/index.ts';
import { partnersSpec, setUpOf } from '../service/set-up-of-tests.ts';
import { lineOf } from '../service/small-store.ts';

const [path = '', step = ''] = process.argv.slice(2);
const carts = `${path}.carts`;

/** Ends the process as `kill -9` does, before or after what a step writes. */
function dying(store: SessionStore): SessionStore {
  const [when, name] = step.split(' ');
  const die = (): boolean => process.kill(process.pid, 'SIGKILL');
  return new Proxy(store, {
    get(target, property) {
      const method: unknown = Reflect.get(target, property, target);
      if (typeof method !== 'function') return method;
      return async (...given: readonly unknown[]) => {
        if (property === name && when === 'before') die();
        const result: unknown = await Reflect.apply(method, target, given);
        if (property === name && when === 'after') die();
        return result;
      };
    },
  });
}

const service = definePunchout({
  url: process.env['PUBLIC_URL'] ?? 'http://127.0.0.1/punchout',
  partners: definePartners(partnersSpec),
  sessions: dying(openSessions({ path })),
  storefront: {
    registerUser: ({ account }) => account,
    openCart: ({ id }) => appendFileSync(carts, `${id}\n`),
    cartOf: ({ id }) => ({ currency: 'EUR', lines: readFileSync(carts, 'utf8').includes(id) ? [lineOf('BRG-6204')] : [] }),
  },
});

const server = createServer((request, response) => {
  if (request.url === '/set-up') {
    service.setUp(setUpOf(), { buyer: 'larkfield' }).then(
      ({ startPage }) => response.end(new URL(startPage).pathname),
      () => response.writeHead(500).end(),
    );
    return;
  }
  service.handle(request, response, () => {
    const session = service.sessionOf(request);
    response.end(
      session
        ? `<form id="return" method="post" action="${session.actions.return}"><input name="form" value="${session.formToken}"></form>`
        : 'no session',
    );
  });
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port, isNew: !existsSync(carts) }));
process.on('disconnect', () => process.exit());
