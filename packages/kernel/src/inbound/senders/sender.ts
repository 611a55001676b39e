import type { Principal } from '@waybill/contract';
import type { CheckedInbound } from '@waybill/manifest';
import { callApplication } from '@waybill/plugin-host/kernel';
import { messageErrors } from '../../errors.ts';
import type { Identified } from '../identity.ts';
import type { InboundServices } from '../services.ts';

/** Who sent the message: the transport's word, unless there are credentials inside, which the application checks. Throws `WB_AUTH_…`. */
export function senderOf(
  entry: CheckedInbound,
  { application, deadlines }: InboundServices,
  { read, store }: Pick<Identified, 'read' | 'store'>,
  sender: Principal | undefined,
): Principal | undefined | Promise<Principal | undefined> {
  if (!read.credentials || entry.credentials === 'ignore') return sender;
  const { authenticate: check } = application;
  if (!check) throw messageErrors.WB_AUTH_NO_AUTHENTICATOR('The message carries credentials, and the application has no authenticator.');
  const answer = check(read.credentials, { entry: entry.name, store, sender });
  const principal = callApplication(deadlines, 'The check of credentials', entry.timeout, answer);
  return principal instanceof Promise ? principal.then(recognised) : recognised(principal);
}

function recognised(principal: Principal | undefined): Principal {
  if (principal) return principal;
  throw messageErrors.WB_AUTH_REFUSED('The credentials inside the message are wrong.');
}
