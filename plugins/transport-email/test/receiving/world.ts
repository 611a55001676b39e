import type { Report } from '@waybill/contract';
import type { Outside, OutsideMessage, RawSettings, TransportHarness } from '@waybill/testing';
import { Dovecot } from '../../../../test/vehicles/dovecot.ts';
import type { DovecotOptions } from '../../../../test/vehicles/dovecot-configuration.ts';
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
      imap: {
        host: '127.0.0.1',
        port: cable.port,
        encryption: 'none',
        auth: { password: { user, password: server.password } },
        connectTimeout: '5s',
      },
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

/** As a relay writes it that knows the mail by an id of its own. */
function bounceOf({ about, detail = '' }: Report): string {
  const lines = [
    'Return-Path: <>',
    'From: MAILER-DAEMON@relay.test',
    'Message-ID: <bounce-1@relay.test>',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
    '',
    '--b',
    '',
    'It did not arrive.',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; relay.test',
    `X-Postfix-Queue-ID: ${about}`,
    '',
    'Final-Recipient: rfc822; nobody@partner.test',
    'Action: failed',
    'Status: 5.1.1',
    `Diagnostic-Code: smtp; 550 5.1.1 ${detail}`,
    '',
    '--b--',
    '',
  ];
  return lines.join('\r\n');
}

export const common = {
  carries: ['contentType'],
  // Dovecot itself waits for half a second before it tells.
  prompt: 2_000,
  putOversized: ({ server, user }) =>
    server.deliver(user, mailOf({ id: 'large@partner.test', attachments: [{ body: new Uint8Array(2_000_000) }] })),
  putReport: ({ server, user }, report) => server.deliver(user, bounceOf(report)),
  breakConnection: async ({ cable }) => cable.cut(),
  failSettlements: async ({ cable }) => cable.cut(),
} satisfies Partial<TransportHarness<World>>;
