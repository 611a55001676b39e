import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** How many secrets somebody may have at a time. Every check compares with so many, whoever asks. */
export const mostSecrets = 4;

/** Words that systems send where nobody has set a secret (reference/procurement-messages.md, section 5, "Missing or dummy secret"). */
const dummies: readonly string[] = ['', 'none', 'null', 'undefined'];

/** The digests of secrets; the secrets themselves are not kept. */
export type SecretSet = readonly Buffer[];

/** Whether everybody knows the word: it can be nobody's secret. */
export function isDummy(secret: string): boolean {
  return dummies.includes(secret.trim().toLowerCase());
}

/** Whether the digest is that of such a word, as far as spellings go that somebody would write. */
export function isDigestOfDummy(digest: string): boolean {
  return dummies.some((word) =>
    [word, word.toUpperCase(), word.slice(0, 1).toUpperCase() + word.slice(1)].some((each) => digestOf(each).toString('hex') === digest),
  );
}

export function secretSet(secrets: readonly string[], digests: readonly string[]): SecretSet {
  return [...secrets.map(digestOf), ...digests.map((each) => Buffer.from(each, 'hex'))];
}

/**
 * Whether `given` is one of the secrets, exactly. It takes the same time whatever is given, and however many there are, none included: so nobody learns
 * from the time who is known here.
 */
export function isSecretOf(set: SecretSet | undefined, given: string | undefined): boolean {
  const digest = digestOf(given ?? '');
  const slots = Array.from({ length: mostSecrets }, (_, index) => set?.[index] ?? nobodys);
  const hits = slots.map((slot) => timingSafeEqual(slot, digest));
  return hits.includes(true) && given !== undefined && !isDummy(given);
}

/** The digest of no text that anybody knows. */
const nobodys = randomBytes(32);

function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest();
}
