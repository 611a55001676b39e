import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

const form = /^(\d{12}-[0-9a-f]{16})(?:-(.+))?$/s;

/**
 * A file that a listener has claimed. It lies among the claims of its owner as `<token>-<name>`: so it can replace no other,
 * whatever the file system thinks of names. Where that is too long a name, it lies apart, as `<token>/<name>`.
 */
export class Claim {
  readonly name: string;
  /** Names the claim for as long as the file is not settled, whoever holds it. Tokens sort as the claims were made. */
  readonly token: string;
  readonly isApart: boolean;
  readonly #lost = new AbortController();

  constructor(name: string, token: string, isApart: boolean) {
    this.name = name;
    this.token = token;
    this.isApart = isApart;
  }

  /** A claim nobody has had: the one after so many others. */
  static after(number: number, name: string): Claim {
    return new Claim(name, `${String(number + 1).padStart(12, '0')}-${randomBytes(8).toString('hex')}`, false);
  }

  /** The same claim on a file with a long name. */
  apart(): Claim {
    return new Claim(this.name, this.token, true);
  }

  /** Where the file lies, in the folder of its owner. */
  get place(): string {
    return this.isApart ? join(this.token, this.name) : this.entry;
  }

  /** What the folder of its owner lists. */
  get entry(): string {
    return this.isApart ? this.token : `${this.token}-${this.name}`;
  }

  /** How many claims came before, and this one. */
  get number(): number {
    return Number.parseInt(this.token, 10);
  }

  /** Aborts when it turns out that somebody has taken the claim over. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  lose(): void {
    this.#lost.abort();
  }
}

/** What an entry among the claims of an owner says: the name is missing when the file lies apart. Undefined when it is no claim. */
export function readEntry(entry: string): { readonly token: string; readonly name: string | undefined } | undefined {
  const [, token, name] = form.exec(entry) ?? [];
  return token === undefined ? undefined : { token, name };
}
