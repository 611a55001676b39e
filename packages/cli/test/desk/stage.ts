import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Failure, InboundFacts, InboxEnding, Journal, Leg, Message } from '@waybill/contract';
import sqlite from '@waybill/journal-sqlite';
import { silentLog } from '@waybill/testing';
import { onTestFinished } from 'vitest';
import { keepThread } from '../../../../test/house/kept-thread.ts';
import { runProgram } from '../../src/program.ts';
import { folderWith, plugins, samples, terminalInto, type Written } from '../waybill.ts';

// Each call of the program opens the journal and closes it again.
keepThread();

const manifest = {
  plugins: plugins('transport-file', 'journal-sqlite', 'pack-fulfillment'),
  journal: { use: 'sqlite', path: './journal.db' },
  connections: { erp: { transport: 'file', path: './exchange' }, files: { transport: 'file', path: './out' } },
  inbound: { orders: { connection: 'erp', pattern: 'order-*.xml' }, returns: { connection: 'erp', pattern: 'return-*.xml' } },
  outbound: { erp: { connection: 'files' }, archive: { connection: 'files', folder: 'archive' } },
};

export interface Ran extends Readonly<Written> {
  readonly code: number;
}

/** A folder with a manifest, and with its journal once something is in it. The program runs in this process. */
export class Stage {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(changes: object = {}, files: Readonly<Record<string, unknown>> = {}): Promise<Stage> {
    return new Stage(await folderWith({ 'waybill.json': { ...manifest, ...changes }, ...files }));
  }

  /** Does something to the journal as a kernel does, and closes it. */
  async journal<Result>(work: (journal: Journal) => Promise<Result>): Promise<Result> {
    const journal = await this.open();
    const result = await work(journal);
    await journal.close();
    return result;
  }

  /** Opens the journal as a kernel does. Closed when the test ends. */
  async open(): Promise<Journal> {
    const context = { name: 'sqlite', log: silentLog, signal: new AbortController().signal, folder: this.folder };
    const journal = await sqlite.open({ path: join(this.folder, 'journal.db'), busyTimeout: 5_000 }, context);
    onTestFinished(() => journal.close());
    return journal;
  }

  /** Runs `waybill` with these arguments on the manifest, as anna. */
  async waybill(...args: readonly string[]): Promise<Ran> {
    const written: Written = { out: '', err: '', bytes: new Uint8Array() };
    const file = join(this.folder, 'waybill.json');
    const named = ['status', 'journal'].includes(args[0] ?? '') ? [file] : ['--manifest', file];
    const by = canBeDoneBy(args) ? ['--by', 'anna'] : [];
    const code = await runProgram([...args, ...named, ...by], '1.0.0', terminalInto(written));
    return { code, ...written };
  }

  /** What a listing, or the records, say as JSON, a line each. */
  async lines(...args: readonly string[]): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const { out } = await this.waybill(...args, '--json');
    return out
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  }

  async ids(...args: readonly string[]): Promise<readonly unknown[]> {
    return (await this.lines(...args)).map(({ id }) => id);
  }

  async json(...args: readonly string[]): Promise<unknown> {
    return JSON.parse((await this.waybill(...args, '--json')).out) as unknown;
  }

  async write(name: string, text: string): Promise<string> {
    const file = join(this.folder, name);
    await writeFile(file, text);
    return file;
  }

  read(name: string): Promise<string> {
    return readFile(join(this.folder, name), 'utf8');
  }
}

function canBeDoneBy([first = '', second = '']: readonly string[]): boolean {
  return ['pause', 'resume'].includes(first) || ['show', 'replay', 'drop', 'move', 'edit', 'salvage'].includes(second);
}

export function messageOf(id: string, body: string | Uint8Array = `<${id}/>`): Message {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return { id, body: bytes, createdAt: 1_700_000_000_000, contentType: 'application/xml', properties: { 'file-name': `${id}.xml` } };
}

export const sample = (name: string): Uint8Array => readFileSync(join(samples, name));

const failure: Failure = { code: 'WB_COMMAND_FAILED', kind: 'invalid', reason: 'no such order' };

export interface Kept {
  readonly entry?: string;
  readonly failure?: Partial<Failure>;
  readonly body?: string | Uint8Array;
  readonly facts?: Partial<InboundFacts>;
}

/** Records an inbound message that is parked. */
export async function park({ inbox }: Journal, id: string, { entry = 'orders', failure: more, body, facts }: Kept = {}): Promise<void> {
  const kept = { message: messageOf(id, body) };
  const ending: InboxEnding = { outcome: 'parked', failure: { ...failure, ...more }, attempts: 3, blocks: false, kept, legs: [] };
  await inbox.settle({ entry, id, ...factsOf(id), ...facts, ending });
}

/** Records that an inbound message failed, which its transport hands out again in an hour. */
export async function retry({ inbox }: Journal, id: string): Promise<void> {
  const ending: InboxEnding = { outcome: 'again', failure, attempts: 1, dueIn: 3_600_000 };
  await inbox.settle({ entry: 'orders', id, ...factsOf(id), ending });
}

/** Records an inbound message that is done, with these legs. */
export async function finish({ inbox }: Journal, id: string, legs: readonly Leg[] = [], entry = 'orders'): Promise<void> {
  await inbox.settle({ entry, id, ...factsOf(id), ending: { outcome: 'done', legs } });
}

function factsOf(id: string): InboundFacts {
  return { digest: id, trace: `trace-${id}`, type: 'Update_WCS_OrderStatus@3.0', store: '10151', businessKeys: { order: id } };
}

export function legOf(id: string, more: Partial<Leg> = {}): Leg {
  const type = 'Report_NC_PurchaseOrder@1.0';
  return { message: messageOf(id), entry: 'erp', event: 'order.created', type, trace: `trace-${id}`, businessKeys: { order: id }, ...more };
}

/** Parked are a, b and c; d is done, and f is parked at another entry. */
export async function filled(): Promise<Stage> {
  const stage = await Stage.make();
  await stage.journal(async (journal) => {
    for (const id of ['a', 'b']) await park(journal, id);
    await park(journal, 'c', { failure: { code: 'WB_PACK_FAILED' } });
    await finish(journal, 'd');
    await park(journal, 'f', { entry: 'returns' });
  });
  return stage;
}

/** The ids of all that are parked, the newest first. */
export const parked = (stage: Stage): Promise<readonly unknown[]> => stage.ids('messages', 'list', '--state', 'parked');
