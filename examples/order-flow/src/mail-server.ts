import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CaughtMail, catchMails, type MailCatcher } from '@waybill/mail-catcher';
import { placesIn } from './data-folder.ts';

/**
 * The mail server of the story: it delivers nothing, shows every mail on a page, and keeps each as a file, so that the story can be told on after
 * a crash. A mail that is sent once more has the same Message-ID, and so the same file.
 */
export async function startMailServer(data: string): Promise<MailCatcher> {
  const server = await catchMails();
  const { mails } = placesIn(data);
  server.onMail((mail) => {
    const file = join(mails, fileNameOf(mail));
    writeFileSync(`${file}.new`, mail.source);
    renameSync(`${file}.new`, file);
  });
  return server;
}

/** `your-order-12012-is-on-its-way--wb.k3….eml` */
function fileNameOf({ subject, messageId = 'none' }: CaughtMail): string {
  const plain = (text: string): string => text.replaceAll(/[^A-Za-z0-9.]+/g, '-').replaceAll(/^-|-$/g, '');
  return `${plain(subject.toLowerCase()).slice(0, 100)}--${plain(messageId.split('@')[0] ?? '')}.eml`;
}
