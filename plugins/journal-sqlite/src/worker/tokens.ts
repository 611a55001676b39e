import type { Owners } from '@waybill/sqlite/thread';
import type { TokenRow } from '../wire/operations.ts';
import type { Changeable, MessageRow } from './message-row.ts';

/** Whether the claim behind the token is the newest one of its row, and still that of this opening. Call it in a transaction. */
export function isNewest(row: MessageRow, [owner, version]: TokenRow, owners: Owners): boolean {
  return row.owner === owner && row.version === version && owners.isMine(owner);
}

/** Whether an earlier call has told that this claim ended so, and nobody has ended another one since. */
export function isRepeated(row: MessageRow, [owner, version]: TokenRow, outcome: string): boolean {
  return row.ended_owner === owner && row.ended_version === version && row.ended_as === outcome;
}

type Ended = Pick<Changeable, 'owner'> & Partial<Pick<Changeable, 'ended_owner' | 'ended_version' | 'ended_as'>>;

/** What the end of an attempt changes in its row: the claim is over. */
export function endOfClaim(token: TokenRow | null, outcome: string): Ended {
  return token === null ? { owner: null } : { owner: null, ended_owner: token[0], ended_version: token[1], ended_as: outcome };
}
