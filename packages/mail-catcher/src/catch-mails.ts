import type { CaughtMail } from './mails/caught-mail.ts';
import { KeptMails } from './mails/kept-mails.ts';
import { readMail } from './mails/read-mail.ts';
import { type WaitForOptions, waitForMail } from './mails/wait-for-mail.ts';
import { type CatchOptions, checkedOptions } from './options.ts';
import { openPage } from './page/page-server.ts';
import { openSmtp } from './smtp/smtp-side.ts';

/** A mail server that takes every mail, delivers none and shows them on a page. */
export interface MailCatcher {
  /** Where mails are to be sent. */
  readonly smtpPort: number;
  readonly pagePort: number;
  /** The address of the page. */
  readonly pageUrl: string;
  /** The kept mails, oldest first. */
  mails(): readonly CaughtMail[];
  /**
   * The oldest kept mail for which `matches` is true, or the next one that comes. Throws `WB_CATCHER_NO_MAIL` when none comes in time, and
   * `WB_CATCHER_CLOSED`.
   */
  waitFor(matches: (mail: CaughtMail) => boolean, options?: WaitForOptions): Promise<CaughtMail>;
  /** Calls `listener` with each mail that comes from now on, until the returned function is called. */
  onMail(listener: (mail: CaughtMail) => void): () => void;
  /** Deletes the kept mails. */
  clear(): void;
  /** Cuts the connections that are open. The ports are free when it resolves. */
  close(): Promise<void>;
}

/**
 * Starts a mail catcher. It resolves when both ports listen.
 * Throws `WB_CATCHER_BAD_OPTION`, `WB_CATCHER_PORT_IN_USE` and `WB_CATCHER_CANNOT_LISTEN`; then nothing is left open.
 */
export async function catchMails(options: CatchOptions = {}): Promise<MailCatcher> {
  const { host, smtpPort, pagePort, keep, keepBytes, limit, tls } = checkedOptions(options);
  const kept = new KeptMails({ count: keep, bytes: keepBytes });
  const closing = new AbortController();
  const smtp = await openSmtp({ host, port: smtpPort, limit, arriving: keepBytes, tls }, async (source, envelope) => {
    const read = await readMail(source);
    return kept.add({ receivedAt: Date.now(), envelope, ...read }).id;
  });
  const page = await openPage({ host, port: pagePort }, kept, smtp.port).catch(async (error: unknown) => {
    await smtp.close();
    throw error;
  });
  return {
    smtpPort: smtp.port,
    pagePort: page.port,
    pageUrl: page.url,
    mails: () => kept.all(),
    waitFor: (matches, waiting) => waitForMail(kept, matches, closing.signal, waiting),
    onMail: (listener) => kept.listen((added) => added && listener(added)),
    clear: () => kept.clear(),
    close: async () => {
      closing.abort();
      await Promise.all([smtp.close(), page.close()]);
    },
  };
}
