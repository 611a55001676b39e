import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defineTransport, type MessagePackDefinition, type Principal } from '@waybill/contract';
import { type ApplicationSpec, type Handler, handle } from '@waybill/contract/application';
import sqlite from '@waybill/journal-sqlite';
import type { Manifest } from '@waybill/manifest';
import { eventually, memoryTransport, recordingLog, temporaryFolder } from '@waybill/testing';
import http, { type HttpConnection } from '@waybill/transport-http';
import { onTestFinished } from 'vitest';
import { createKernel } from '../../src/kernel.ts';
import type { Observation } from '../../src/observe.ts';
import { lettersPack, password, readLetter } from './letters.ts';

export interface Office {
  readonly inbound?: Readonly<Record<string, object>>;
  readonly outbound?: Readonly<Record<string, object>>;
  readonly routes?: Manifest['routes'];
  readonly handlers?: readonly Handler[];
  readonly authenticate?: ApplicationSpec['authenticate'];
  readonly packs?: readonly MessagePackDefinition[];
  readonly folder?: string;
  readonly memory?: ReturnType<typeof memoryTransport>;
}

/** Everybody who knows the password is anna. */
export const anna: Principal = { name: 'anna' };

/** A kernel on the real journal, with HTTP and queues. What it writes to disk can be searched. */
export async function letterOffice(office: Office = {}) {
  const { inbound = {}, outbound = {}, routes = [], packs = [lettersPack], memory = memoryTransport() } = office;
  const folder = office.folder ?? (await temporaryFolder());
  const asked: string[] = [];
  const authenticate: NonNullable<ApplicationSpec['authenticate']> = (credentials) => {
    asked.push(String(credentials.password));
    return credentials.password === password ? anna : undefined;
  };
  const { log, lines } = recordingLog();
  let web: HttpConnection | undefined;
  const watched = defineTransport({ ...http, connect: async (site, context) => (web = await http.connect(site, context)) });
  const retry = { attempts: 3, first: '1ms', most: '2ms' };
  const withRetry = (entries: Readonly<Record<string, object>>) =>
    Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, { retry, ...entry }]));
  const handlers = office.handlers ?? [handle(readLetter, () => ({}))];
  const kernel = createKernel({
    manifest: {
      plugins: [],
      journal: { use: 'sqlite', path: join(folder, 'journal.db') },
      connections: { web: { transport: 'http', listen: { port: 0 } }, local: { transport: memory.transport.name } },
      inbound: withRetry(inbound) as never,
      outbound: withRetry(outbound) as never,
      routes,
    },
    plugins: [watched, memory.transport, sqlite, ...packs],
    application: { handlers, authenticate: office.authenticate ?? authenticate },
    log,
  });
  const seen: Observation[] = [];
  kernel.observe((observation) => seen.push(observation));
  onTestFinished(() => kernel.stop({ grace: 1_000 }));
  await kernel.start();
  const outcomes = (outcome: string, count = 1) =>
    eventually(() => seen.filter((one) => one.outcome === outcome).length >= count, { what: `${count} × ${outcome}` });
  const post = async (path: string, body: string | Uint8Array<ArrayBuffer>, headers: Readonly<Record<string, string>> = {}) => {
    const url = `http://127.0.0.1:${web?.address?.port}${path}`;
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'text/xml', ...headers }, body });
    return [response.status, await response.text()] as const;
  };
  return { kernel, memory, asked, lines, folder, outcomes, post, seen };
}

/** The files, and the lines of the log, in which a text stands in any encoding that the tests use. */
export async function placesOf(text: string, { folder, lines }: { readonly folder: string; readonly lines: readonly object[] }) {
  const found = JSON.stringify(lines).includes(text) ? ['log'] : [];
  for (const name of await readdir(folder)) {
    const bytes = await readFile(join(folder, name));
    if (bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le'))) found.push(name);
  }
  return found;
}

export const textOf = (body: Uint8Array | undefined) => Buffer.from(body ?? []).toString();
