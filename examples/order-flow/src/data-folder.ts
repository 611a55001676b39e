import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** The environment variables through which the processes of the flow find each other. */
export const variables = {
  data: 'ORDER_FLOW_DATA',
  port: 'ORDER_FLOW_PORT',
  smtp: 'ORDER_FLOW_SMTP',
  password: 'ORDER_FLOW_PASSWORD',
  manifest: 'ORDER_FLOW_MANIFEST',
} as const;

/** Reads a variable that the process that started this one has set. Throws when it has not. */
export function variable(name: keyof typeof variables): string {
  const value = process.env[variables[name]];
  if (!value) throw new Error(`Set ${variables[name]} before starting this part of the order flow on its own.`);
  return value;
}

/** Where the flow keeps everything: the store's database, the journal, the queues, and the folder that is exchanged. */
export function placesIn(data: string) {
  return {
    store: join(data, 'store.db'),
    queues: join(data, 'queues.db'),
    customers: join(data, 'exchange', 'customers'),
    orderFiles: join(data, 'exchange', 'orders'),
    mails: join(data, 'mails'),
    pickLists: join(data, 'back-end', 'pick-lists'),
    sent: join(data, 'back-end', 'sent'),
  };
}

export function makeFolders(data: string): void {
  const { customers, mails, pickLists, sent } = placesIn(data);
  for (const folder of [customers, mails, pickLists, sent]) mkdirSync(folder, { recursive: true });
}
