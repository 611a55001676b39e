import { rename, writeFile } from 'node:fs/promises';
import { isWaybillError, type TransportError } from '@waybill/contract';
import { errors } from '../../errors.ts';
import type { Oauth } from '../../settings/proof.ts';
import { secretOf } from './secret-of.ts';

/** How long the other side may take, in milliseconds, and how much it may say, in bytes. */
const patience = 30_000;
const longestAnswer = 65_536;
/** So long before its end a token is renewed, in milliseconds: a login takes its time. */
const early = 60_000;
/** For how long a token is used of which nobody has said how long it lives, in milliseconds (RFC 6749, 5.1 allows that). */
const usualLife = 3_600_000;

interface Token {
  readonly text: string;
  readonly ends: number;
}

/**
 * The access token of one mailbox. Logins at the same time share one renewal. Own, since that of nodemailer renews only when a token has ended,
 * forgets a new refresh token, and cannot ask in the application's own name.
 */
export class AccessToken {
  readonly #settings: Oauth;
  #token: Token | undefined;
  #renewal: Promise<Token> | undefined;
  /** One that was given in place of that of the settings. */
  #rotated: string | undefined;

  constructor(settings: Oauth) {
    this.#settings = settings;
  }

  /** `refused`: the token that a server did not take. Throws WB_EMAIL_TOKEN, or WB_EMAIL_LOGIN where a file cannot be read. */
  async text(refused?: string): Promise<string> {
    if (refused !== undefined && this.#token?.text === refused) this.#token = undefined;
    if (this.#token && this.#token.ends - early > Date.now()) return this.#token.text;
    this.#renewal ??= this.#renew().finally(() => (this.#renewal = undefined));
    return (await this.#renewal).text;
  }

  async #renew(): Promise<Token> {
    const { tokenUrl } = this.#settings;
    let answer: Response;
    let text: string;
    try {
      answer = await fetch(tokenUrl, {
        method: 'POST',
        body: await this.#form(),
        redirect: 'error',
        signal: AbortSignal.timeout(patience),
        headers: { accept: 'application/json' },
      });
      text = await boundedText(answer);
    } catch (cause) {
      if (isWaybillError(cause)) throw cause;
      throw errors.WB_EMAIL_TOKEN(`No access token could be had from ${tokenUrl}: ${reasonOf(cause)}.`, { retryable: true, cause });
    }
    const said = fieldsOf(text);
    const { access_token: token, expires_in: life, refresh_token: rotated } = said;
    if (!answer.ok || typeof token !== 'string' || !/^[\u0021-\u007e]+$/.test(token)) throw refusal(tokenUrl, answer.status, said);
    if (typeof rotated === 'string' && rotated !== '') await this.#keep(rotated);
    const lasts = Number(life) > 0 ? Number(life) * 1_000 : usualLife;
    this.#token = { text: token, ends: Date.now() + lasts };
    return this.#token;
  }

  async #form(): Promise<URLSearchParams> {
    const { clientId, clientSecret, refreshToken, scope } = this.#settings;
    const form = new URLSearchParams({ client_id: clientId });
    if (clientSecret !== undefined) form.set('client_secret', await secretOf(clientSecret));
    if (refreshToken === undefined) form.set('grant_type', 'client_credentials');
    else {
      form.set('grant_type', 'refresh_token');
      form.set('refresh_token', this.#rotated ?? (await secretOf(refreshToken)));
    }
    if (scope !== undefined) form.set('scope', scope);
    return form;
  }

  async #keep(rotated: string): Promise<void> {
    const { refreshToken } = this.#settings;
    if (typeof refreshToken !== 'object') {
      this.#rotated = rotated;
      return;
    }
    // The old one may be void already: half a file would lock this side out.
    const aside = `${refreshToken.file}.${process.pid}.new`;
    try {
      await writeFile(aside, `${rotated}\n`, { mode: 0o600 });
      await rename(aside, refreshToken.file);
    } catch (cause) {
      this.#rotated = rotated;
      throw errors.WB_EMAIL_TOKEN(`The new refresh token cannot be written to ${refreshToken.file}: ${reasonOf(cause)}.`, {
        retryable: true,
        cause,
      });
    }
  }
}

async function boundedText(answer: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body ?? []) {
    size += part.byteLength;
    if (size > longestAnswer) throw new Error('it said too much');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** What is wrong is said in `error` and `error_description` (RFC 6749, 5.2); neither holds a secret. */
function refusal(
  tokenUrl: string,
  status: number,
  { error, error_description: description }: Readonly<Record<string, unknown>>,
): TransportError {
  const said = [error, description].filter((part) => typeof part === 'string').join(': ');
  const words = said.replaceAll(/\s+/g, ' ').slice(0, 500) || 'it gave no token, and no reason';
  const retryable = status >= 500 || status === 429;
  return errors.WB_EMAIL_TOKEN(`${tokenUrl} gives no access token (HTTP ${status}): ${words}.`, {
    retryable,
    kind: retryable ? 'unavailable' : 'forbidden',
    outcome: 'not-sent',
  });
}

function reasonOf(cause: unknown): string {
  const { message, cause: inner } = cause as Error;
  return inner instanceof Error ? `${message} (${inner.message})` : message;
}
