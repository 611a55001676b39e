import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentNoteStatus, procurementDescribe, punchoutSetUp, purchaseOrderAskStatus, purchaseOrderSubmit } from '@waybill/commerce';
import { type Credentials, defineTransport, type Principal } from '@waybill/contract';
import { type Handler, type HandlerContext, handle } from '@waybill/contract/application';
import journal from '@waybill/journal-sqlite';
import { createKernel, type Kernel } from '@waybill/kernel';
import { recordingLog, temporaryFolder } from '@waybill/testing';
import http, { type HttpConnection } from '@waybill/transport-http';
import { onTestFinished } from 'vitest';
import pack from '../../src/index.ts';
import { buyer, password } from './documents.ts';

/** What a handler was asked, by its command. */
export interface Asked {
  readonly command: string;
  readonly input: unknown;
}

export interface Supplier {
  readonly kernel: Kernel;
  readonly folder: string;
  readonly asked: readonly Asked[];
  /** Whose credentials were checked. */
  readonly checked: readonly Credentials[];
  readonly at: (path: string) => string;
  /** All that is on disk and in the log, as one text of single bytes. */
  readonly kept: () => string;
}

export interface SupplierSpec {
  /** Members of every inbound entry, beside the usual ones. */
  readonly entry?: object;
  /** Options of the pack for them. */
  readonly options?: object;
  readonly outbound?: object;
  readonly connections?: object;
  readonly routes?: readonly object[];
  readonly authenticate?: (credentials: Credentials) => Principal | undefined;
  readonly run?: (command: string, input: unknown, context: HandlerContext) => unknown;
}

const usual: Readonly<Record<string, unknown>> = {
  'procurement.describe': {
    effective: '2026-10-01T00:00:00+00:00',
    transactions: [{ request: 'OrderRequest', url: 'https://shop.example/cxml/order' }],
  },
  'punchout.set-up': { startPage: 'https://shop.example/start/1' },
  'purchase-order.submit': { state: 'queued' },
};

/** A kernel with journal and HTTP, in this process, that takes documents at `/cxml`. */
export async function startSupplier(spec: SupplierSpec = {}): Promise<Supplier> {
  const folder = await temporaryFolder();
  const { log, lines } = recordingLog();
  const asked: Asked[] = [];
  const checked: Credentials[] = [];
  let connection: HttpConnection | undefined;
  const watched = defineTransport({
    ...http,
    connect: async (site, context) => {
      const opened = await http.connect(site, context);
      if (site.listen) connection = opened;
      return opened;
    },
  });
  const handlers: readonly Handler[] = [
    procurementDescribe,
    punchoutSetUp,
    purchaseOrderSubmit,
    purchaseOrderAskStatus,
    documentNoteStatus,
  ].map((command) =>
    handle(command as typeof purchaseOrderSubmit, (input, context) => {
      asked.push({ command: command.name, input });
      return (spec.run?.(command.name, input, context) ?? usual[command.name]) as never;
    }),
  );
  const kernel = createKernel({
    manifest: {
      plugins: [],
      journal: { use: 'sqlite', path: './journal.db' },
      connections: { web: { transport: 'http', listen: { port: 0 } }, ...spec.connections },
      inbound: {
        documents: {
          connection: 'web',
          path: '/cxml',
          auth: 'none',
          answers: 'always',
          contentTypes: ['text/*', 'application/xml', 'application/x-www-form-urlencoded', 'multipart/*'],
          messages: ['ProfileRequest', 'PunchOutSetupRequest', 'OrderRequest', 'OrderStatusRequest', 'StatusUpdateRequest'],
          packs: { procurement: { host: 'shop.example', ...spec.options } },
          ...spec.entry,
        },
      },
      outbound: spec.outbound ?? {},
      routes: spec.routes ?? [],
    } as never,
    folder,
    plugins: [watched, pack, journal],
    application: {
      handlers,
      authenticate: (credentials) => {
        checked.push(credentials);
        return Promise.resolve((spec.authenticate ?? known)(credentials));
      },
    },
    env: { SECRET_OF_BUYER: 'loud-heron-17' },
    log,
  });
  onTestFinished(() => kernel.stop({ grace: 1_000 }));
  await kernel.start();
  const files = () => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return {
    kernel,
    folder,
    asked,
    checked,
    at: (path) => `http://127.0.0.1:${connection?.address?.port}${path}`,
    kept: () => [...files().map((file) => readFileSync(join(file.parentPath, file.name), 'latin1')), JSON.stringify(lines)].join('\n'),
  };
}

/** The buyer of `documents.ts`, by its password. */
function known(credentials: Credentials): Principal | undefined {
  return credentials['secret'] === password && JSON.stringify(credentials).includes(buyer) ? { name: 'buyer' } : undefined;
}

export interface Answer {
  readonly http: number;
  readonly contentType: string | null;
  readonly text: string;
}

export async function post(address: string, body: string | Uint8Array, contentType = 'text/xml; charset=UTF-8'): Promise<Answer> {
  const response = await fetch(address, { method: 'POST', headers: { 'content-type': contentType }, body: body as BodyInit });
  return { http: response.status, contentType: response.headers.get('content-type'), text: await response.text() };
}
