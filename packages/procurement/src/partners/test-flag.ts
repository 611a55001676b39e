import type { Parties } from '@waybill/commerce';
import type { Buyer } from './buyer.ts';
import { partnerErrors } from './errors.ts';
import { hasTestSuffix, identityKey } from './identities.ts';

/**
 * Whether a document of the buyer is a test: nothing is taken from the stock, nothing is shipped. It is when it says so, when the buyer only tests, and when
 * it comes from the test account (`-T`) of a buyer that is declared without it, whatever the document says: a test that is taken for an order costs more than
 * the other way round. Throws WB_PARTNERS_TEST_REFUSED where the buyer takes part in production only.
 */
export function isTest(buyer: Buyer, document: { readonly test: boolean; readonly parties: Parties }): boolean {
  const declared = new Set(buyer.identities.map(identityKey));
  const told = document.test || document.parties.from.some((each) => hasTestSuffix(each) && !declared.has(identityKey(each)));
  switch (buyer.test) {
    case 'always':
      return true;
    case 'as-told':
      return told;
    case 'refuse':
      if (told) throw partnerErrors.WB_PARTNERS_TEST_REFUSED(`The buyer ${buyer.name} takes part in production only, and this is a test.`);
      return false;
  }
}
