import { createHash, timingSafeEqual } from 'node:crypto';
import type { Principal } from '@waybill/contract';
import { type ProblemDetails, unauthenticated } from '../answering/problem.ts';
import type { WhoMaySend } from '../settings.ts';

/** Who a request is from, by its `authorization` header, or why it is refused. */
export type Authenticate = (authorization: string | undefined) => { readonly principal: Principal } | ProblemDetails;

export function authenticator(who: Exclude<WhoMaySend, 'none'>): Authenticate {
  return 'basic' in who ? byPassword(who.basic.users) : byToken(who.bearer.tokens);
}

function byPassword(users: Readonly<Record<string, string>>): Authenticate {
  const known = new Map(Object.entries(users).map(([name, password]) => [name, digest(password)] as const));
  const refusal = unauthenticated('Basic realm="waybill", charset="UTF-8"');
  // An unknown name takes as long as a wrong password.
  const nobody = digest(Math.random().toString());
  return (authorization) => {
    const encoded = credentialsOf(authorization, 'basic');
    if (encoded === undefined) return refusal;
    const text = Buffer.from(encoded, 'base64').toString();
    const colon = text.indexOf(':');
    const name = text.slice(0, Math.max(colon, 0));
    const expected = known.get(name);
    const right = timingSafeEqual(digest(text.slice(colon + 1)), expected ?? nobody);
    return right && expected && colon >= 0 ? { principal: { name } } : refusal;
  };
}

function byToken(tokens: Readonly<Record<string, string>>): Authenticate {
  const known = Object.entries(tokens).map(([name, token]) => ({ name, digest: digest(token) }));
  const refusal = unauthenticated('Bearer realm="waybill"');
  return (authorization) => {
    const token = credentialsOf(authorization, 'bearer');
    if (token === undefined) return refusal;
    const given = digest(token);
    let principal: Principal | undefined;
    for (const { name, digest: expected } of known) if (timingSafeEqual(given, expected)) principal = { name };
    return principal ? { principal } : refusal;
  };
}

/** All digests have the same length, so that comparing them reveals nothing about the length of a secret. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function credentialsOf(authorization: string | undefined, scheme: string): string | undefined {
  const [, given, credentials] = /^([A-Za-z]+) +(\S+) *$/.exec(authorization ?? '') ?? [];
  return given?.toLowerCase() === scheme ? credentials : undefined;
}
