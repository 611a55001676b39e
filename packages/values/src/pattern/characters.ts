/** What one character of a text may be: a part of a pattern as ECMAScript writes it. */
export class Characters {
  readonly #of: string;
  readonly #pattern: RegExp;
  readonly #ascii: readonly boolean[];
  #examples: readonly string[] | undefined;

  constructor(of: string) {
    this.#of = of;
    this.#pattern = new RegExp(`^${of}$`, 'u');
    this.#ascii = Array.from({ length: 128 }, (_, code) => this.#pattern.test(String.fromCharCode(code)));
  }

  has(character: string): boolean {
    return this.#ascii[character.codePointAt(0) as number] ?? this.#pattern.test(character);
  }

  /** Some of them, for values that are made up. Empty: none was found. */
  get examples(): readonly string[] {
    this.#examples ??= this.#found();
    return this.#examples;
  }

  /** What anybody can read; else a blank, which stands at the end of no value; else what the pattern names itself; else any. */
  #found(): readonly string[] {
    const places = [readable, [' '], Array.from(this.#of)];
    const found = places.map((place) => place.filter((each) => this.has(each))).find(({ length }) => length > 0);
    if (found !== undefined) return found;
    // Half of a surrogate pair is no character.
    for (let code = 0x80; code <= 0x10_ffff; code += code === 0xd7ff ? 0x801 : 1)
      if (this.#pattern.test(String.fromCodePoint(code))) return [String.fromCodePoint(code)];
    return [];
  }
}

const readable = Array.from({ length: 0x7e - 0x20 }, (_, index) => String.fromCharCode(0x21 + index));
