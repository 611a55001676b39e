/** What an object says, without the members that are undefined: documents have no such members. */
export function present<Whole extends object>(whole: { readonly [Name in keyof Whole]: Whole[Name] | undefined }): Whole {
  return Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined)) as Whole;
}
