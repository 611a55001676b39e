import { addressesIn } from '../../src/incoming/addresses.ts';
import { authenticationResults } from '../../src/incoming/authentication-results.ts';
import { isAutomatic } from '../../src/incoming/automatic.ts';
import { identityOf } from '../../src/incoming/identity.ts';
import type { MailTree } from '../../src/incoming/mail-tree.ts';
import { type MailMessage, messagesIn } from '../../src/incoming/messages-in.ts';
import { readMail } from '../../src/incoming/read-mail.ts';
import { type Classified } from '../../src/reports/classified.ts';
import { classify } from '../../src/reports/classify.ts';
import { reportsOf } from '../../src/reports/reports-of.ts';

export interface Everything {
  readonly mail: MailTree;
  readonly classified: Classified;
  readonly documents: readonly MailMessage[];
}

/** All that is ever asked about a mail. */
export function everythingOf(bytes: Uint8Array): Everything {
  const mail = readMail(bytes);
  const classified = classify(mail);
  reportsOf(classified, mail, { domain: 'shop.example.test', bounces: { domain: 'bounce.shop.example.test' } });
  identityOf(mail);
  isAutomatic(mail);
  authenticationResults(mail, 'x');
  messagesIn(mail, { take: 'body' });
  for (const { value } of mail.fields.slice(0, 20)) addressesIn(value);
  return { mail, classified, documents: messagesIn(mail, { take: 'attachments', forwarded: true, names: ['*'] }) };
}
