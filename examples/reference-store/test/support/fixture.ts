import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApplicationDefinition, DataOf, EventDefinition, Publisher, PublishOptions, ReplyOf } from '@waybill/contract/application';
import { afterEach } from 'vitest';
import { openStore, seedStore, storeApplication } from '../../src/index.ts';
import { fillStore } from '../../src/seed.ts';
import type { Store, StoreOptions } from '../../src/store.ts';
import type { Published } from './deliver.ts';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0).toReversed()) cleanup();
});

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-store-'));
  cleanups.push(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Opens a store that is closed again after the test. */
export function open(options: StoreOptions): Store {
  const store = openStore(options);
  cleanups.push(() => store.close());
  return store;
}

export const password = 'kestrel-4410';

let template: Promise<Buffer> | undefined;

/** The bytes of a seeded database: made once, as hashing the password takes its time. */
async function makeTemplate(): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-store-'));
  const path = join(folder, 'store.db');
  const store = openStore({ path });
  await seedStore(store, { password });
  store.close();
  const bytes = readFileSync(path);
  rmSync(folder, { recursive: true });
  return bytes;
}

export interface SeededStore {
  readonly store: Store;
  readonly application: ApplicationDefinition;
  readonly path: string;
}

/** A seeded store in a file of its own, and the application that serves it. */
export async function seededStore(options: Partial<StoreOptions> = {}): Promise<SeededStore> {
  template ??= makeTemplate();
  const bytes = await template;
  const path = join(temporaryFolder(), 'store.db');
  writeFileSync(path, bytes);
  const store = open({ path, ...options });
  return { store, application: storeApplication(store), path };
}

/** A filled store in memory, and the application that serves it; nobody can log on. */
export function memoryStore(options: Omit<Partial<StoreOptions>, 'path'> = {}): Pick<SeededStore, 'store' | 'application'> {
  const store = open({ path: ':memory:', ...options });
  fillStore(store);
  return { store, application: storeApplication(store) };
}

/** A publisher that keeps what is published. With `failAfter`, it dies once that many events have got through. */
export class KeepingPublisher implements Publisher {
  readonly published: Published[] = [];
  readonly asked: Published[] = [];
  readonly #failAfter: number;
  readonly #answer: unknown;

  constructor(options: { readonly failAfter?: number; readonly answer?: unknown } = {}) {
    this.#failAfter = options.failAfter ?? Number.POSITIVE_INFINITY;
    this.#answer = options.answer;
  }

  publish<Event extends EventDefinition>(event: Event, data: DataOf<Event>, options?: PublishOptions): Promise<void> {
    if (this.published.length >= this.#failAfter) return Promise.reject(new Error('The journal is gone.'));
    this.published.push({ event: event.name, data, options });
    return Promise.resolve();
  }

  request<Event extends EventDefinition>(event: Event, data: DataOf<Event>, options?: PublishOptions): Promise<ReplyOf<Event>> {
    this.asked.push({ event: event.name, data, options });
    return Promise.resolve(this.#answer as ReplyOf<Event>);
  }
}

/** Everything that a store knows, table by table, for comparing two stores. */
export function contents(store: Store, tables: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    tables.map((table) => [table, store.database.all(`SELECT * FROM ${table} ORDER BY 1, 2`).map((row) => ({ ...row }))]),
  );
}
