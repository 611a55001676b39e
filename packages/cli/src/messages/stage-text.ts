import type { RecipientState } from '@waybill/contract/host';

/** `bounced (hard)`, `delivered, read` */
export function stageText({ stage, permanent, also }: RecipientState): string {
  const bounce = stage === 'bounced' ? ` (${permanent === true ? 'hard' : 'soft'})` : '';
  return [`${stage}${bounce}`, ...also].join(', ');
}
