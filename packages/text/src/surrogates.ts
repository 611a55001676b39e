/** Where the first half of a surrogate pair stands that has no other half; -1 when the text is well-formed. */
export function indexOfLoneSurrogate(text: string): number {
  return text.isWellFormed() ? -1 : text.search(/\p{Surrogate}/u);
}
