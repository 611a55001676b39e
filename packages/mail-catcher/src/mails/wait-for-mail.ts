import { errors } from '../errors.ts';
import type { CaughtMail } from './caught-mail.ts';
import type { KeptMails } from './kept-mails.ts';

export interface WaitForOptions {
  /** How long to wait, in milliseconds. Default: 10,000. */
  readonly within?: number | undefined;
}

/** See `MailCatcher.waitFor`. `closing` tells that no mail will come any more. */
export function waitForMail(
  kept: KeptMails,
  matches: (mail: CaughtMail) => boolean,
  closing: AbortSignal,
  { within = 10_000 }: WaitForOptions = {},
): Promise<CaughtMail> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      stop();
      closing.removeEventListener('abort', onClose);
      settle();
    };
    const look = (mail: CaughtMail | undefined): boolean => {
      try {
        const isIt = mail !== undefined && matches(mail);
        if (isIt) end(() => resolve(mail));
        return isIt;
      } catch (error) {
        // What is thrown by the condition of a caller is for that caller, not for whoever sends mails.
        end(() => reject(error));
        return true;
      }
    };
    const onClose = (): void => end(() => reject(errors.WB_CATCHER_CLOSED('The mail catcher was closed before the mail came.')));
    const timer = setTimeout(() => end(() => reject(tooLate(kept, within))), within);
    const stop = kept.listen((added) => void look(added));
    closing.addEventListener('abort', onClose);
    if (closing.aborted) onClose();
    else kept.all().some(look);
  });
}

function tooLate(kept: KeptMails, within: number): Error {
  const { length } = kept.all();
  return errors.WB_CATCHER_NO_MAIL(
    `No mail that fits has come within ${within} ms; ${length === 1 ? '1 mail is' : `${length} mails are`} kept, of ${kept.received} that came.`,
  );
}
