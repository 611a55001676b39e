import { join } from 'node:path';
import { reservedInboundKeys, reservedOutboundKeys } from '@waybill/contract/host';
import type { CheckedManifest, ManifestSource } from '@waybill/manifest';
import { scratchName } from './scratch-transport.ts';

/** The journal of a crash test: it has to outlive the process that is killed. */
export const scratchJournal = '@waybill/journal-sqlite';

type Node = NonNullable<ManifestSource['root']>;
type Keys = Readonly<Record<string, unknown>>;

/** The same for every entry: failures of a test are not waited for. */
const retry = { attempts: 5, first: '10ms', most: '100ms' };

/**
 * The manifest under which the handlers of one entry are tried: its packs, the entry and its rules, what goes out and the routes.
 * Journal and connections are scratch ones; rights and credentials are left out, since the message comes from nobody.
 */
export function scratchManifest(written: ManifestSource, { plugins }: CheckedManifest, entry: string, folder: string): object {
  const { inbound, outbound, routes } = plain(written.root) as Readonly<Record<'inbound' | 'outbound', Keys>> & {
    readonly routes?: unknown;
  };
  const packs = plugins.filter(({ card }) => card.kind === 'message-pack').map(({ specifier }) => specifier);
  const { allow: _, ...own } = kept(inbound[entry], reservedInboundKeys);
  return {
    name: 'crashtest',
    plugins: packs,
    journal: { use: 'sqlite', path: join(folder, 'journal.db') },
    connections: { scratch: { transport: scratchName } },
    inbound: { [entry]: { ...own, connection: 'scratch', credentials: 'ignore', retry } },
    outbound: Object.fromEntries(
      Object.entries(outbound ?? {}).map(([name, one]) => [name, { ...kept(one, reservedOutboundKeys), connection: 'scratch', retry }]),
    ),
    ...(routes === undefined ? {} : { routes }),
  };
}

/** Without the settings of transports. */
function kept(entry: unknown, keys: readonly string[]): Keys {
  return Object.fromEntries(Object.entries(entry as Keys).filter(([key]) => keys.includes(key)));
}

/** As it was written: lengths of time with their units, `${…}` in its place. */
function plain(node: Node | undefined): unknown {
  if (node?.kind === 'object') return Object.fromEntries(Array.from(node.entries, ([key, { value }]) => [key, plain(value)]));
  if (node?.kind === 'list') return node.items.map(plain);
  return node?.value;
}
