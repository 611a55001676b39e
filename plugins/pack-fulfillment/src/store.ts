/** The store, where all are about the same one: a message about several belongs to none of them. */
export function storeOfAll(entries: readonly { readonly storeId?: string | undefined }[]): string | undefined {
  const [first] = entries;
  return entries.every(({ storeId }) => storeId === first?.storeId) ? first?.storeId : undefined;
}
