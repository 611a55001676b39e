import { printable } from '../../desk/table.ts';
import { errors } from '../../errors.ts';
import { type ExitCode, exitCode } from '../../exit-code.ts';
import { readBytes } from '../../files.ts';
import { portOf } from '../../port-option.ts';
import { stopAtSignal } from '../../run/stop-at-signal.ts';
import type { Terminal } from '../../terminal.ts';
import { type Buyer, type BuyerDocument, loadBuyer } from './buyer-package.ts';

/** As they stand on the command line. */
export interface BuyerCommandOptions {
  readonly shop?: string;
  readonly profile?: string;
  readonly secret?: string;
  readonly identity?: string;
  readonly supplier?: string;
  readonly port: string;
  readonly host?: string;
  readonly name?: string;
  readonly key?: string;
  readonly cert?: string;
  readonly json?: boolean;
}

/** `waybill simulate buyer`: runs a buyer until a signal asks it to end, and tells of each document. */
export async function simulateBuyer(options: BuyerCommandOptions, { out }: Terminal): Promise<ExitCode> {
  const { shop, profile, identity, supplier, host, name, json } = options;
  const port = portOf('--port', options.port);
  const tls = certificateOf(options);
  const secret = options.secret ?? process.env['WAYBILL_BUYER_SECRET'];
  const start = await loadBuyer(process.cwd());
  const buyer = await start({ shop, profile, secret, identity, supplier, host, name, port, tls });
  const stopped = stopAtSignal(() => buyer.close());
  out(json ? JSON.stringify({ running: { page: buyer.url, documents: buyer.documentsUrl } }) : startText(buyer));
  buyer.onDocument((document) => {
    // Of each, the end is told: its answer, or that it went off through the browser.
    if (document.answer === undefined && document.problem === undefined && document.by === 'http') return;
    if (document.answer === undefined && document.direction === 'received') return;
    out(json ? JSON.stringify({ document: reportOf(document, buyer) }) : lineOf(document, buyer));
  });
  await stopped;
  return exitCode.done;
}

/** Throws `WB_CLI_BAD_OPTION` and `WB_CLI_NO_FILE`. */
function certificateOf({ key, cert }: BuyerCommandOptions): { readonly key: string; readonly cert: string } | undefined {
  if (key === undefined && cert === undefined) return undefined;
  if (key === undefined || cert === undefined)
    throw errors.WB_CLI_BAD_OPTION('A key and its certificate belong together.', { at: '--key', hint: 'Give both --key and --cert.' });
  return { key: readText(key), cert: readText(cert) };
}

const readText = (file: string): string => Buffer.from(readBytes(file)).toString();

function startText({ url, documentsUrl }: Buyer): string {
  return [
    `Page:       ${url}`,
    `Documents:  ${documentsUrl} takes confirmations, ship notices, invoices and status updates of the shop`,
    'Nothing is kept. Ctrl-C ends it.',
  ].join('\n');
}

/** `14:03:22  sent      OrderRequest  200 OK  http://127.0.0.1:8079/exchanges/7` */
function lineOf(document: BuyerDocument, buyer: Buyer): string {
  const { at, direction, what, status, problem } = document;
  const time = new Date(at).toTimeString().slice(0, 8);
  const outcome = problem ?? status ?? 'through the browser';
  return [time, direction.padEnd(8), printable(what), printable(outcome), pageOf(document, buyer)].join('  ');
}

function reportOf(document: BuyerDocument, buyer: Buyer) {
  const { at, direction, by, what, status, problem, took, requisition } = document;
  return { at: new Date(at).toISOString(), direction, by, what, status, problem, took, requisition, page: pageOf(document, buyer) };
}

function pageOf({ id }: BuyerDocument, { url }: Buyer): string {
  return `${url}exchanges/${id}`;
}
