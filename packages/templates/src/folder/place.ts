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

/** Longer ones than this are no tags that somebody has chosen. */
const longestTag = 60;

/**
 * Language, script and region of a tag in their usual spelling (`de_at` is `de-AT`); undefined where it is none. What else a tag may say, such as a
 * calendar, is left out: a tag comes from data.
 */
export function canonicalLanguage(tag: string): string | undefined {
  if (tag.length > longestTag) return undefined;
  try {
    const { language, script, region } = new Intl.Locale(tag.trim().replaceAll('_', '-'));
    return [language, script, region].filter((part) => part !== undefined).join('-');
  } catch {
    return undefined;
  }
}
