import { concealSecrets } from '@waybill/cxml';

/** A body as it may be shown: secrets in it are masked. */
export function concealed(text: string): string {
  return concealSecrets(text) ?? text;
}
