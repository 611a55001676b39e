import type { Outside, OutsideMessage, RawSettings, TransportHarness } from '@waybill/testing';
import { Dovecot, type DovecotOptions } from '../../../../test/vehicles/dovecot.ts';
import { Cable } from './cable.ts';
import { mailOf } from './mails.ts';

export interface World extends Outside {
  readonly server: Dovecot;
  readonly cable: Cable;
  readonly user: string;
  readonly connection: RawSettings & { readonly imap: RawSettings };
  readonly inbound: RawSettings;
}

/** One mail server for a test file, started by the first question. */
export class Shared {
  readonly #options: DovecotOptions;
  #server: Promise<Dovecot> | undefined;

  constructor(options: DovecotOptions = {}) {
    this.#options = options;
  }

  get server(): Promise<Dovecot> {
    this.#server ??= Dovecot.start(this.#options);
    return this.#server;
  }

  async end(): Promise<void> {
    await (await this.#server)?.end();
  }
}

let worlds = 0;

/** A mailbox that nobody has used, behind a cable. */
export async function prepareWorld(shared: Shared, inbound: RawSettings = {}): Promise<World> {
  const server = await shared.server;
  const cable = await Cable.to(server.port);
  const user = `user${++worlds}@shop.test`;
  return {
    server,
    cable,
    user,
    connection: {
      domain: 'shop.test',
      imap: { host: '127.0.0.1', port: cable.port, security: 'none', auth: { user, password: server.password }, connectTimeout: '5s' },
    },
    inbound: { limit: '2MB', every: '2s', ...inbound },
    put: async (message) => {
      await server.deliver(user, mailWith(message));
      return undefined;
    },
    close: () => cable.end(),
  };
}

/** A mail with a message as its only document. */
export function mailWith({ id, body, contentType }: OutsideMessage): Uint8Array {
  return mailOf({ id: id === undefined ? undefined : `${id}@partner.test`, attachments: [{ body, type: contentType }] });
}

export const common = {
  card: new URL('../../waybill.plugin.json', import.meta.url),
  carries: ['contentType'],
  // Dovecot itself waits for half a second before it tells.
  prompt: 2_000,
  putOversized: ({ server, user }) =>
    server.deliver(user, mailOf({ id: 'large@partner.test', attachments: [{ body: new Uint8Array(2_000_000) }] })),
  breakConnection: async ({ cable }) => cable.cut(),
  failSettlements: async ({ cable }) => cable.cut(),
} satisfies Partial<TransportHarness<World>>;
