/** Who does something at the desk, kept with what was done. */
export interface By {
  /** A person, or a program on behalf of one: `anna`, `console:anna`. */
  readonly who: string;
  /** In words for whoever asks later. */
  readonly why?: string | undefined;
}
