import type { Principal, ReadMessage } from '@waybill/contract';
import type { CheckedInbound } from '@waybill/manifest';
import { callApplication } from '../call-plugin.ts';
import { messageErrors } from '../errors.ts';
import type { KnownType } from '../registry.ts';
import type { Identified } from './identify.ts';
import type { InboundServices } from './services.ts';

/** Who sent the message: the transport's word, unless there are credentials inside, which the application checks. Throws `WB_AUTH_…`. */
function authenticate(
  entry: CheckedInbound,
  { application, deadlines }: InboundServices,
  { read, store }: { readonly read: ReadMessage; readonly store: string | undefined },
  sender: Principal | undefined,
): Principal | undefined | Promise<Principal | undefined> {
  if (!read.credentials || entry.credentials === 'ignore') return sender;
  const { authenticate: check } = application;
  if (!check) throw messageErrors.WB_AUTH_NO_AUTHENTICATOR('The message carries credentials, and the application has no authenticator.');
  const answer = check(read.credentials, { entry: entry.name, store });
  const principal = callApplication(deadlines, 'The check of credentials', entry.timeout, answer);
  return principal instanceof Promise ? principal.then(recognised) : recognised(principal);
}

function recognised(principal: Principal | undefined): Principal {
  if (principal) return principal;
  throw messageErrors.WB_AUTH_REFUSED('The credentials inside the message are wrong.');
}

/** Whether this sender may send this type here. Throws `WB_AUTH_NOT_ALLOWED`. */
function authorise(entry: CheckedInbound, known: KnownType, principal: Principal | undefined): void {
  if (!entry.allow) return;
  const own = principal && Object.hasOwn(entry.allow, principal.name) ? entry.allow[principal.name] : undefined;
  const allowed = [entry.allow['*'], own].some(
    (list) => list === 'all' || list?.some((ref) => ref.name === known.type.name && ref.version === known.type.version),
  );
  if (allowed) return;
  const who = principal ? `${principal.name} may` : 'An unknown sender may';
  throw messageErrors.WB_AUTH_NOT_ALLOWED(`${who} not send ${known.name} to ${entry.name}.`);
}

/** Both, one after the other. Comes back at once unless the application takes time to check credentials. */
export function rightsOf(
  entry: CheckedInbound,
  services: InboundServices,
  identified: Identified,
  sender: Principal | undefined,
): Principal | undefined | Promise<Principal | undefined> {
  const authorised = (principal: Principal | undefined): Principal | undefined => {
    authorise(entry, identified.known, principal);
    return principal;
  };
  const principal = authenticate(entry, services, identified, sender);
  return principal instanceof Promise ? principal.then(authorised) : authorised(principal);
}
