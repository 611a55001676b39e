import type { Catalogue } from '../folder/catalogue.ts';
import { canonicalLanguage, type Place, rangesOf } from '../folder/place.ts';

/** Which notifications are written in which languages, as the check of a folder has shown. */
export class Languages {
  /** The language of files whose names say none. */
  readonly own: string;
  readonly #known: ReadonlySet<string>;
  readonly #stores: ReadonlySet<string>;
  readonly #spoken = new Set<string>();

  constructor(own: string, catalogue: Catalogue) {
    this.own = own;
    this.#known = new Set(catalogue.languages);
    this.#stores = new Set(catalogue.stores);
  }

  /** Every store and language that something may be looked up for. */
  places(): readonly Place[] {
    const languages = [[], ...[...this.#known].map((language) => this.#ranges(language))];
    return [undefined, ...this.#stores].flatMap((store) => languages.map((each) => ({ store, languages: each })));
  }

  /** Says that a notification is written in the first language of a place. */
  speaks(message: string, place: Place): void {
    this.#spoken.add(spokenKey(message, place));
  }

  /** Whether a place stands for a variant of the pack's own language, in which the rest of a notification may be. */
  isOwn({ languages: [first] }: Place): boolean {
    return first === undefined || rangesOf(first).includes(this.own);
  }

  /**
   * Where a notification is looked up, and in whose habits it writes numbers and dates: for the first of the `wanted` languages in which all of it is
   * written, else for the language of the pack.
   */
  choose(
    message: string,
    store: string | undefined,
    wanted: readonly (string | undefined)[],
  ): { readonly place: Place; readonly locale: string } {
    const own = store !== undefined && this.#stores.has(store) ? store : undefined;
    for (const language of wanted) {
      const locale = language === undefined ? undefined : canonicalLanguage(language);
      if (locale === undefined) continue;
      const place = { store: own, languages: this.#ranges(locale) };
      if (place.languages.length > 0 && this.#spoken.has(spokenKey(message, place))) return { place, locale };
      if (rangesOf(locale).includes(this.own)) return { place: { store: own, languages: [] }, locale };
    }
    return { place: { store: own, languages: [] }, locale: this.own };
  }

  #ranges(language: string): readonly string[] {
    return rangesOf(language).filter((range) => this.#known.has(range));
  }
}

function spokenKey(message: string, { store = '', languages }: Place): string {
  return `${message}/${languages[0]}/${store}`;
}
