import { connect, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { isWaybillError, type TransportError } from '@waybill/contract';
import { errors } from '../../errors.ts';
import { portOf, type Relay } from '../../settings/smtp.ts';
import { type Answer, meaningOf, saysGoodbye, wordsOf } from '../answer.ts';
import { Dialogue } from '../dialogue.ts';
import { Ended, endedBy, shownTime } from '../ended.ts';
import { Wire } from '../wire.ts';
import type { AccessToken } from './access-token.ts';
import { type Offers, sayHello } from './hello.ts';
import { logIn } from './login.ts';
import { isOfTls, securityFor } from './security.ts';

/** Where in the opening something went wrong, for people. */
type Stage = 'connecting' | 'the greeting' | 'EHLO' | 'STARTTLS' | 'the login';

/**
 * Connects to the server, up to where it takes a mail. Throws WB_EMAIL_UNREACHABLE, WB_EMAIL_TLS, WB_EMAIL_PROTOCOL, WB_EMAIL_BUSY,
 * WB_EMAIL_LOGIN, WB_EMAIL_TOKEN, or WB_EMAIL_GIVEN_UP when `signal` aborts. Nothing was sent then.
 */
export async function dial(relay: Relay, token: AccessToken | undefined, signal: AbortSignal): Promise<Dialogue> {
  const place = `${relay.host}:${portOf(relay)}`;
  const at = { stage: 'connecting' as Stage };
  let wire: Wire | undefined;
  const giveUp = (): void => wire?.cut(new Ended('given-up', 'the time for it was over'));
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    const security = relay.encryption === 'none' ? undefined : await securityFor(relay);
    wire = new Wire(await socketTo(relay, security, signal), place, relay.encryption === 'tls');
    const offers = await ready(wire, relay, security, at);
    at.stage = 'the login';
    await logIn(wire, offers, relay, token);
    if (signal.aborted) throw new Ended('given-up', 'the time for it was over');
    return new Dialogue(wire, offers, relay);
  } catch (cause) {
    wire?.cut(endedBy(cause));
    throw isWaybillError(cause) ? cause : failureOf(place, at.stage, cause);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

async function ready(wire: Wire, relay: Relay, security: ConnectionOptions | undefined, at: { stage: Stage }): Promise<Offers> {
  at.stage = 'the greeting';
  const greeting = await wire.answer(relay.greetingTimeout);
  if (meaningOf(greeting) !== 'done') throw busy(wire.place, greeting);
  at.stage = 'EHLO';
  const offers = await hello(wire, relay);
  if (wire.isSecure || relay.encryption === 'none') return offers;
  at.stage = 'STARTTLS';
  if (!offers.startTls) {
    if (relay.encryption === 'if-offered') return offers;
    throw errors.WB_EMAIL_TLS(`${wire.place} does not offer STARTTLS.`, { outcome: 'not-sent' });
  }
  wire.write('STARTTLS\r\n');
  const answer = await wire.answer(relay.commandTimeout);
  if (meaningOf(answer) === 'later') throw busy(wire.place, answer);
  if (meaningOf(answer) !== 'done')
    throw errors.WB_EMAIL_TLS(`${wire.place} offers STARTTLS and does not do it: ${wordsOf(answer)}.`, { outcome: 'not-sent' });
  await wire.secure(security ?? {}, relay.connectTimeout);
  return hello(wire, relay);
}

async function hello(wire: Wire, relay: Relay): Promise<Offers> {
  const offers = await sayHello(wire, relay);
  if (!('refused' in offers)) return offers;
  const { refused } = offers;
  if (meaningOf(refused) === 'later') throw busy(wire.place, refused);
  throw errors.WB_EMAIL_PROTOCOL(
    `${wire.place} does not take ${relay.protocol === 'lmtp' ? 'LHLO' : 'EHLO or HELO'}: ${wordsOf(refused)}.`,
    {
      outcome: 'not-sent',
    },
  );
}

/** The server has decided so: a greeting that is no 220 speaks of no mail (RFC 5321, 3.1). */
function busy(place: string, answer: Answer): TransportError {
  const what = saysGoodbye(answer) ? 'ends the connection' : 'takes no mails';
  return errors.WB_EMAIL_BUSY(`${place} ${what}: ${wordsOf(answer)}.`, { outcome: 'not-sent' });
}

async function socketTo(relay: Relay, security: ConnectionOptions | undefined, signal: AbortSignal): Promise<Socket> {
  const { host, connectTimeout } = relay;
  const to = { host, port: portOf(relay), noDelay: true };
  const isTls = relay.encryption === 'tls';
  const socket = isTls ? connectTls({ ...security, ...to }) : connect(to);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(() => reject(new Ended('silent', `it was not there within ${shownTime(connectTimeout)}`)), connectTimeout);
  const giveUp = (): void => reject(new Ended('given-up', 'the time for it was over'));
  if (signal.aborted) giveUp();
  signal.addEventListener('abort', giveUp, { once: true });
  socket.once(isTls ? 'secureConnect' : 'connect', resolve).once('error', reject);
  socket.once('close', () => reject(new Ended('lost', 'the server has closed the connection')));
  try {
    await promise;
    return socket.removeAllListeners('close').removeListener('error', reject);
  } catch (error) {
    socket.on('error', () => undefined).destroy();
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}

function failureOf(place: string, stage: Stage, cause: unknown): TransportError {
  if (isOfTls(cause)) {
    const { message, code } = cause as Error & { readonly code: string };
    const hint =
      code === 'ERR_SSL_WRONG_VERSION_NUMBER' ? 'Set "encryption" to "starttls": the server does not begin with TLS.' : undefined;
    return errors.WB_EMAIL_TLS(`No trusted connection to ${place}: ${message} (${code}).`, { outcome: 'not-sent', cause, hint });
  }
  const { ending, message } = endedBy(cause);
  const text = `${place}, at ${stage}: ${message}`;
  switch (ending) {
    case 'given-up':
      return errors.WB_EMAIL_GIVEN_UP(`The connection to ${text}.`, { outcome: 'not-sent', cause });
    case 'nonsense':
      return errors.WB_EMAIL_PROTOCOL(`${text}.`, { outcome: 'not-sent', cause });
    case 'told':
      return errors.WB_EMAIL_BUSY(`${text}.`, { outcome: 'not-sent', cause });
    case 'silent':
    case 'lost':
      return errors.WB_EMAIL_UNREACHABLE(`Cannot connect to ${text}.`, { outcome: 'not-sent', cause });
  }
}
