/** The value of a cookie of the request. */
export function cookieNamed(header: string | undefined, name: string): string | undefined {
  const pair = (header ?? '').split(';').find((each) => each.trimStart().startsWith(`${name}=`));
  return pair?.trim().slice(name.length + 1);
}

/**
 * A cookie of a session. In a frame of another site a browser keeps `SameSite=None; Secure; Partitioned` at most (reference/procurement-messages.md, section 7.4).
 */
export function sessionCookie(name: string, value: string, seconds: number): string {
  return `${name}=${value}; Max-Age=${seconds}; Path=/; HttpOnly; Secure; SameSite=None; Partitioned`;
}
