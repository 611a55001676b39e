import { createHmac, randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

const cost: ScryptOptions = { N: 16_384, r: 8, p: 1 };
const length = 32;

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, length, cost, (cause, key) => (cause ? reject(cause) : resolve(key)));
  });
}

/** A salted hash as `salt:key` in hexadecimal, made in the thread pool. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `${salt.toString('hex')}:${(await derive(password, salt)).toString('hex')}`;
}

/** The hash that is kept, where it is that of the text; else a new one. */
export async function hashOf(text: string, kept: string | null): Promise<string> {
  return kept !== null && (await matches(text, kept)) ? kept : await hashPassword(text);
}

async function matches(password: string, hash: string): Promise<boolean> {
  const [salt = '', key = ''] = hash.split(':');
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'hex')), Buffer.from(key.padEnd(2 * length, '0'), 'hex'));
}

/** Stands in for somebody who does not exist, so that a wrong name takes as long as a wrong password. */
const nobody = `${'00'.repeat(16)}:${'00'.repeat(length)}`;

/**
 * Compares passwords with their hashes in constant time. scrypt is slow on purpose; a back end sends the same password
 * with each message, so a pair that was right is remembered, as a digest under a key that only this process knows.
 */
export class PasswordCheck {
  readonly #key = randomBytes(32);
  readonly #right = new Map<string, Buffer>();

  /** `hash` is undefined for somebody who does not exist: the answer is then false. */
  async isRight(password: string, hash: string | undefined): Promise<boolean> {
    if (hash === undefined) {
      await matches(password, nobody);
      return false;
    }
    const digest = createHmac('sha256', this.#key).update(password).digest();
    const known = this.#right.get(hash);
    if (known && timingSafeEqual(known, digest)) return true;
    const right = await matches(password, hash);
    if (right) this.#right.set(hash, digest);
    return right;
  }
}
