import { createTransport, type Transporter } from 'nodemailer';
import { onTestFinished } from 'vitest';
import { type CatchOptions, catchMails, type MailCatcher } from '../src/index.ts';

/** A mail catcher that is closed at the end of the test. */
export async function startCatcher(options: CatchOptions = {}): Promise<MailCatcher> {
  const catcher = await catchMails(options);
  onTestFinished(() => catcher.close());
  return catcher;
}

/** What sends mails to it, by real SMTP. */
export function senderTo({ smtpPort }: MailCatcher, options: object = {}): Transporter {
  const sender = createTransport({ host: '127.0.0.1', port: smtpPort, ignoreTLS: true, ...options });
  onTestFinished(() => sender.close());
  return sender;
}

/** Sends bytes as they are. */
export async function sendRaw(catcher: MailCatcher, raw: string | Buffer, to = 'somebody@example.test'): Promise<void> {
  await senderTo(catcher).sendMail({ envelope: { from: 'shop@example.test', to }, raw });
}

/** A page or something else of the catcher. */
export async function read(
  catcher: MailCatcher,
  path: string,
  init?: RequestInit,
): Promise<{ readonly response: Response; readonly text: string }> {
  const response = await fetch(new URL(path, catcher.pageUrl), { redirect: 'manual', ...init });
  return { response, text: await response.text() };
}
