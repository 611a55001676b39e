import type { Answer } from '../smtp/answer.ts';

/**
 * Where servers write the id that they gave a mail, in the answer to its end. Bounces of those that put a Message-ID of their own in place of ours
 * quote it.
 */
const forms: readonly RegExp[] = [
  // Microsoft 365 and Exchange: `2.6.0 <id@host> [InternalId=…] Queued mail for delivery`.
  /^2\.6\.0 (<[^\s<>]{1,500}>)/,
  // Postfix: `2.0.0 Ok: queued as 4F2A1B`, and many that say it like Postfix.
  /\bqueued as ([\w.-]{1,100})/i,
  // Exim: `OK id=1t9abc-000000-2x`.
  /\bid=([\w.@+-]{1,200})/,
  // Amazon: `Ok 0100018f5c3c0a4f-1b2c3d4e-000000`.
  /^(?:2\.0\.0 )?Ok:? ([0-9a-f]{16,}-[0-9a-f-]{10,80})/i,
  // Sendmail: `2.0.0 4ARAbCd012345 Message accepted for delivery`.
  /^(?:2\.0\.0 )?([\w.-]{6,100}) Message accepted/i,
  // Google: `2.0.0 OK  1732700000 a1b2c3-20020a… - gsmtp`.
  /^(?:2\.0\.0 )?OK +[0-9]+ ([\w.-]{6,200}) - gsmtp/i,
  // Dovecot: `2.0.0 <ada@example.com> 8Kx2OQ Saved`.
  /^(?:2\.0\.0 )?<[^>]*> ([\w+/=-]{6,100}) Saved/,
  // qmail: `ok 1732700000 qp 4711`.
  /^ok [0-9]+ (qp [0-9]+)/i,
];

/** Undefined where the server does not tell. */
export function relayIdIn({ text }: Answer): string | undefined {
  for (const form of forms) {
    const id = form.exec(text)?.[1];
    if (id !== undefined) return id;
  }
  return undefined;
}
