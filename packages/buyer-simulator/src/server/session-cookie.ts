import { randomBytes } from 'node:crypto';
import type { BuyerProfile } from '../profiles/profiles.ts';

const name = 'buyer-session';

/**
 * The session of the user at the buyer. One person is enough here; what matters is whether the browser sends it along with a cart that another site
 * posts: reference/procurement-messages.md, section 7.4.
 */
export class SessionCookie {
  readonly #value = randomBytes(16).toString('base64url');

  isIn(header: string | undefined): boolean {
    return (header ?? '').split(/;\s*/).includes(`${name}=${this.#value}`);
  }

  /** What a page sets. Without TLS browsers take no cookie for other sites: then it has no attribute. */
  settingFor({ sameSite }: BuyerProfile, isTls: boolean): string {
    const attributes = ['Path=/', 'HttpOnly', ...(isTls ? ['Secure'] : [])];
    if (sameSite !== undefined && (isTls || sameSite !== 'None')) attributes.push(`SameSite=${sameSite}`);
    return [`${name}=${this.#value}`, ...attributes].join('; ');
  }
}
