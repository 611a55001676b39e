export { catchMails, type MailCatcher } from './catch-mails.ts';
export { errors } from './errors.ts';
export type * from './mails/caught-mail.ts';
export type { WaitForOptions } from './mails/wait-for-mail.ts';
export type { CatchOptions } from './options.ts';
