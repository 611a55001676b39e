/** What a DTD may use. A limit that is exceeded throws `WB_XML_DTD_LIMIT`; `Infinity` switches a limit off. */
export interface DtdLimits {
  /** Characters of the DTD, of its modules, and of the texts of entities each time that they are used. Default 5,000,000. */
  readonly characters: number;
  /** Groups inside one another in a content model, and entities inside one another. Default 100. */
  readonly depth: number;
}

/** Ten times what the largest public DTDs need. */
export const defaultDtdLimits: DtdLimits = { characters: 5_000_000, depth: 100 };
