import { pathToFileURL } from 'node:url';
import { locatePlugin, mainModule } from '@waybill/manifest';
import { errors } from '../errors.ts';

const name = '@waybill/mail-catcher';

/** What this program uses of a mail: its README tells the rest. */
export interface CaughtMail {
  readonly id: string;
  readonly receivedAt: number;
  readonly envelope: { readonly from: string; readonly to: readonly { readonly address: string }[] };
  readonly subject: string;
  readonly attachments: readonly unknown[];
  readonly source: Uint8Array;
}

/** What this program uses of a mail catcher. */
export interface MailCatcher {
  readonly smtpPort: number;
  readonly pageUrl: string;
  onMail(listener: (mail: CaughtMail) => void): () => void;
  close(): Promise<void>;
}

/** Starts a mail catcher; undefined is the same as left out. */
export type StartCatcher = (options: {
  readonly host: string | undefined;
  readonly smtpPort: number;
  readonly pagePort: number;
}) => Promise<MailCatcher>;

/** The mail catcher that is installed for `folder`, found as plugins are: whoever catches no mails does not install it. Throws `WB_CLI_NO_CATCHER`. */
export async function loadCatcher(folder: string): Promise<StartCatcher> {
  const located = locatePlugin(name, folder);
  const main = 'root' in located && located.root !== undefined ? mainModule(located.root) : undefined;
  if (main === undefined) throw errors.WB_CLI_NO_CATCHER(`${name} is not installed for ${folder}.`);
  const module = (await import(pathToFileURL(main).href).catch((cause: unknown) => {
    throw errors.WB_CLI_NO_CATCHER(`The code of ${name} cannot be loaded.`, { at: main, cause });
  })) as { readonly catchMails?: StartCatcher };
  if (typeof module.catchMails === 'function') return module.catchMails;
  throw errors.WB_CLI_NO_CATCHER(`${name} does not have what this program needs of it.`, { at: main });
}
