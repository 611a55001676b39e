/** For whom something is looked up: a store, and the languages in the order of preference. Both only as far as the folder has something for them. */
export interface Place {
  readonly store: string | undefined;
  /** `['de-AT', 'de']`; empty for the language of the pack. */
  readonly languages: readonly string[];
}

export function keyOf({ store = '', languages }: Place): string {
  return `${languages.join(',')}/${store}`;
}

/** A language and what it is a variant of, the closest first: `de-AT`, `de`. */
export function rangesOf(language: string): readonly string[] {
  const parts = language.split('-');
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('-'));
}

/** The tag in its usual spelling (`de_at` is `de-AT`); undefined where it is none. */
export function canonicalLanguage(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag.trim().replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
}
