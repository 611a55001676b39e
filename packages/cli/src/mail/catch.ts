import { printable } from '../desk/table.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { portOf } from '../port-option.ts';
import { stopAtSignal } from '../run/stop-at-signal.ts';
import type { Terminal } from '../terminal.ts';
import { type CaughtMail, loadCatcher, type MailCatcher } from './catcher-package.ts';

/** As they stand on the command line. */
export interface CatchOptions {
  readonly smtp: string;
  readonly page: string;
  readonly host?: string;
  readonly json?: boolean;
}

/** `waybill mail catch`: runs a mail catcher until a signal asks it to end, and tells of each mail. */
export async function catchMails({ smtp, page, host, json }: CatchOptions, { out }: Terminal): Promise<ExitCode> {
  const ports = { smtpPort: portOf('--smtp', smtp), pagePort: portOf('--page', page) };
  const load = await loadCatcher(process.cwd());
  const catcher = await load({ ...ports, host });
  const stopped = stopAtSignal(() => catcher.close());
  out(json ? JSON.stringify({ running: { smtpPort: catcher.smtpPort, page: catcher.pageUrl } }) : startText(catcher, host));
  catcher.onMail((mail) => out(json ? JSON.stringify({ mail: reportOf(mail, catcher) }) : lineOf(mail, catcher)));
  await stopped;
  return exitCode.done;
}

function startText({ smtpPort, pageUrl }: MailCatcher, host = '127.0.0.1'): string {
  return [
    `Mails:  SMTP on port ${smtpPort} of ${host}, with any login or none, without TLS`,
    `Page:   ${pageUrl}`,
    'Nothing is delivered. Ctrl-C ends it, and the mails are gone.',
  ].join('\n');
}

/** `14:03:22  orders@kestrel.test → anna@example.test  Your order  http://127.0.0.1:1080/mails/7` */
function lineOf(mail: CaughtMail, catcher: MailCatcher): string {
  const { from, to, subject, page } = reportOf(mail, catcher);
  const [first = 'nobody', ...more] = to;
  const recipients = more.length === 0 ? first : `${first} and ${more.length} more`;
  const time = new Date(mail.receivedAt).toTimeString().slice(0, 8);
  return [time, printable(`${from || 'nobody'} → ${recipients}`), printable(subject || '(no subject)'), page].join('  ');
}

function reportOf({ id, envelope, subject, source, attachments }: CaughtMail, { pageUrl }: MailCatcher) {
  return {
    id,
    from: envelope.from,
    to: envelope.to.map(({ address }) => address),
    subject,
    size: source.byteLength,
    attachments: attachments.length,
    page: `${pageUrl}mails/${id}`,
  };
}
