import { pathToFileURL } from 'node:url';
import { locatePlugin, mainModule } from '@waybill/manifest';
import { errors } from '../../errors.ts';

const name = '@waybill/buyer-simulator';

/** What this program uses of a document and its answer: the README of the package tells the rest. */
export interface BuyerDocument {
  readonly id: number;
  readonly at: number;
  readonly direction: 'sent' | 'received';
  readonly by: 'http' | 'browser';
  readonly what: string;
  readonly status?: string | undefined;
  readonly problem?: string | undefined;
  readonly answer?: object | undefined;
  readonly took?: number | undefined;
  readonly requisition?: string | undefined;
}

/** What this program uses of a buyer. */
export interface Buyer {
  readonly url: string;
  readonly documentsUrl: string;
  onDocument(listener: (document: BuyerDocument) => void): () => void;
  close(): Promise<void>;
}

export interface BuyerStart {
  readonly shop: string | undefined;
  readonly profile: string | undefined;
  readonly secret: string | undefined;
  readonly identity: string | undefined;
  readonly supplier: string | undefined;
  readonly host: string | undefined;
  readonly port: number;
  readonly name: string | undefined;
  readonly tls: { readonly key: string; readonly cert: string } | undefined;
}

/** The buyer simulator that is installed for `folder`, found as plugins are: whoever plays no buyer does not install it. Throws `WB_CLI_NO_BUYER`. */
export async function loadBuyer(folder: string): Promise<(options: BuyerStart) => Promise<Buyer>> {
  const located = locatePlugin(name, folder);
  const main = 'root' in located && located.root !== undefined ? mainModule(located.root) : undefined;
  if (main === undefined) throw errors.WB_CLI_NO_BUYER(`${name} is not installed for ${folder}.`);
  const module = (await import(pathToFileURL(main).href).catch((cause: unknown) => {
    throw errors.WB_CLI_NO_BUYER(`The code of ${name} cannot be loaded.`, { at: main, cause });
  })) as { readonly startBuyer?: (options: BuyerStart) => Promise<Buyer> };
  if (typeof module.startBuyer === 'function') return module.startBuyer;
  throw errors.WB_CLI_NO_BUYER(`${name} does not have what this program needs of it.`, { at: main });
}
