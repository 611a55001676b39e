import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** The environment variables through which the manifest and the modules of the example agree. */
export const variables = {
  data: 'PUNCHOUT_DATA',
  /** Where cXML documents come in. */
  port: 'PUNCHOUT_PORT',
  /** The address of the shop, as browsers see it. */
  shop: 'PUNCHOUT_SHOP',
  /** The address of the buyer, as browsers see it. */
  buyer: 'PUNCHOUT_BUYER',
  /** Where the buyer takes documents; the same address where nothing else is said. */
  documents: 'PUNCHOUT_DOCUMENTS',
  /** What buyer and shop have agreed on, both ways. */
  secret: 'PUNCHOUT_SECRET',
} as const;

/** Reads a variable that whoever starts the shop has set. Throws when it has not. */
export function variable(name: keyof typeof variables): string {
  const value = process.env[variables[name]];
  if (!value) throw new Error(`Set ${variables[name]} before starting the shop.`);
  return value;
}

/** Files with key and certificate in PEM, for pages by TLS: undefined where both are not set. */
export function certificateFiles(): { readonly key: string; readonly cert: string } | undefined {
  const { PUNCHOUT_KEY: key, PUNCHOUT_CERT: cert } = process.env;
  return key && cert ? { key, cert } : undefined;
}

/** Where the shop keeps everything. */
export function placesIn(data: string) {
  mkdirSync(data, { recursive: true });
  return { store: join(data, 'store.db'), sessions: join(data, 'sessions.db'), shop: join(data, 'shop.db') };
}
