import { businessKeysOf, keyed } from './key.ts';

export const customerKeys = {
  orderKey: ({ logonId }: { readonly logonId: string }) => keyed('customer', logonId),
  businessKeys: ({ logonId }: { readonly logonId: string }) => businessKeysOf({ logon: [logonId] }),
};
