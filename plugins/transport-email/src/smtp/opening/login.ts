import type { TransportError } from '@waybill/contract';
import { errors } from '../../errors.ts';
import type { Oauth, Password } from '../../settings/proof.ts';
import type { Relay } from '../../settings/smtp.ts';
import { type Answer, meaningOf, saysGoodbye, wordsOf } from '../answer.ts';
import { Ended } from '../ended.ts';
import type { Wire } from '../wire.ts';
import type { AccessToken } from './access-token.ts';
import type { Offers } from './hello.ts';
import { secretOf } from './secret-of.ts';

/** Proves who this side is, where the settings say so. Throws WB_EMAIL_LOGIN, WB_EMAIL_TOKEN, WB_EMAIL_TLS, WB_EMAIL_BUSY or `Ended`. */
export async function logIn(wire: Wire, offers: Offers, relay: Relay, token: AccessToken | undefined): Promise<void> {
  const { auth } = relay;
  if (!auth) return;
  if (!wire.isSecure)
    throw errors.WB_EMAIL_TLS(`${wire.place} is to be told a password, and the connection is not made with TLS.`, { outcome: 'not-sent' });
  const answer =
    'password' in auth
      ? await byPassword(wire, offers, auth.password, relay)
      : await byToken(wire, offers, auth.oauth, relay, token as AccessToken);
  if (meaningOf(answer) === 'done') return;
  throw failure(wire, answer);
}

function failure({ place }: Wire, answer: Answer): TransportError {
  if (meaningOf(answer) === 'later')
    return errors.WB_EMAIL_BUSY(`${place} lets nobody in for now: ${wordsOf(answer)}.`, { outcome: 'not-sent' });
  return errors.WB_EMAIL_LOGIN(`${place} does not let this side in: ${wordsOf(answer)}.`, { outcome: 'not-sent' });
}

async function byPassword(wire: Wire, { mechanisms }: Offers, { user, password }: Password, relay: Relay): Promise<Answer> {
  const secret = await secretOf(password);
  if (mechanisms.includes('PLAIN')) return ask(wire, relay, `AUTH PLAIN ${base64(`\0${user}\0${secret}`)}`);
  if (!mechanisms.includes('LOGIN')) throw noWay(wire, mechanisms, 'PLAIN or LOGIN');
  for (const line of ['AUTH LOGIN', base64(user)]) {
    const answer = await ask(wire, relay, line);
    if (meaningOf(answer) !== 'goOn') return answer;
  }
  return ask(wire, relay, base64(secret));
}

async function byToken(wire: Wire, offers: Offers, { user }: Oauth, relay: Relay, token: AccessToken): Promise<Answer> {
  const first = await token.text();
  const answer = await showToken(wire, offers, user, relay, first);
  if (meaningOf(answer) !== 'no') return answer;
  // It may have ended before its time. A second one that is refused is no question of time.
  return showToken(wire, offers, user, relay, await token.text(first));
}

async function showToken(wire: Wire, { mechanisms }: Offers, user: string, relay: Relay, token: string): Promise<Answer> {
  const bearer = `auth=Bearer ${token}\u0001\u0001`;
  const isStandard = mechanisms.includes('OAUTHBEARER');
  if (!isStandard && !mechanisms.includes('XOAUTH2')) throw noWay(wire, mechanisms, 'OAUTHBEARER or XOAUTH2');
  const proof = isStandard
    ? `n,a=${user.replaceAll('=', '=3D').replaceAll(',', '=2C')},\u0001host=${relay.host}\u0001${bearer}`
    : `user=${user}\u0001${bearer}`;
  const answer = await ask(wire, relay, `AUTH ${isStandard ? 'OAUTHBEARER' : 'XOAUTH2'} ${base64(proof)}`);
  if (meaningOf(answer) !== 'goOn') return answer;
  // The server tells why in base64 and waits for a word before it says no (RFC 7628, 3.2.3).
  const refused = await ask(wire, relay, isStandard ? 'AQ==' : '');
  const why = Buffer.from(answer.text, 'base64')
    .toString('utf8')
    .replaceAll(/[^\u0020-\u007e]/g, ' ')
    .slice(0, 300);
  return { ...refused, text: `${refused.text} ${why}`.trim() };
}

async function ask(wire: Wire, { commandTimeout }: Relay, line: string): Promise<Answer> {
  wire.write(`${line}\r\n`);
  const answer = await wire.answer(commandTimeout);
  if (saysGoodbye(answer)) throw new Ended('told', `the server said ${wordsOf(answer)}`);
  return answer;
}

function noWay({ place }: Wire, mechanisms: readonly string[], wanted: string): TransportError {
  const offered = mechanisms.length === 0 ? 'offers no login' : `offers ${mechanisms.join(', ')}`;
  return errors.WB_EMAIL_LOGIN(`${place} ${offered}, and this side can do ${wanted}.`, { outcome: 'not-sent' });
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
