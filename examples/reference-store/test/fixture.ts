import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  ApplicationDefinition,
  CommandDefinition,
  DataOf,
  EventDefinition,
  HandlerContext,
  InputOf,
  Log,
  OutputOf,
  Publisher,
  PublishOptions,
  ReplyOf,
} from '@waybill/contract';
import { afterEach } from 'vitest';
import { openStore, seedStore, storeApplication } from '../src/index.ts';
import type { Store, StoreOptions } from '../src/store.ts';

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

/** A seeded store in a file of its own, and the application that serves it. */
export async function seededStore(
  options: Partial<StoreOptions> = {},
): Promise<{ store: Store; application: ApplicationDefinition; path: string }> {
  const path = join(temporaryFolder(), 'store.db');
  const store = open({ path, ...options });
  await seedStore(store, { password });
  return { store, application: storeApplication(store), path };
}

export interface Published {
  readonly event: string;
  readonly data: unknown;
  readonly options: PublishOptions | undefined;
}

const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };

/** What the kernel gives a handler; what the handler publishes is kept instead of being sent. */
function contextOf(messageId: string, published: Published[]): HandlerContext {
  return {
    messageId,
    attempt: 1,
    entry: 'order-status',
    messageType: 'test@1',
    store: undefined,
    principal: undefined,
    trace: '0'.repeat(32),
    signal: new AbortController().signal,
    log: silent,
    publish: (event, data, options) => void published.push({ event: event.name, data, options }),
    request: () => Promise.reject(new Error('No handler of the store asks anybody.')),
  };
}

export interface Delivered<Command extends CommandDefinition> {
  readonly output: OutputOf<Command>;
  readonly published: readonly Published[];
}

/** Hands a command to the application, as the kernel does with a message. */
export async function deliver<Command extends CommandDefinition>(
  application: ApplicationDefinition,
  command: Command,
  input: InputOf<Command>,
  messageId: string,
): Promise<Delivered<Command>> {
  const handler = application.handlers.find(({ command: { name } }) => name === command.name);
  if (!handler) throw new Error(`Nobody serves ${command.name}.`);
  const published: Published[] = [];
  const output = (await handler.run(input, contextOf(messageId, published))) as OutputOf<Command>;
  return { output, published };
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
