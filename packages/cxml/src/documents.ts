import type { XmlMessage } from '@waybill/xml';
import type { CxmlKind, DocumentDefinition } from './envelope/definition.ts';
import { type Envelope, framed } from './envelope/frame.ts';
import { response } from './envelope/response.ts';
import { orderRequest } from './ordering/order-request.ts';
import { punchOutOrderMessage } from './punchout/order-message.ts';
import { profileRequest, profileResponse } from './punchout/profile.ts';
import { punchOutSetupRequest } from './punchout/setup-request.ts';
import { punchOutSetupResponse } from './punchout/setup-response.ts';

/** Every type of document, in the order in which partners exchange them. */
export const definitions: readonly DocumentDefinition[] = [
  profileRequest,
  profileResponse,
  punchOutSetupRequest,
  punchOutSetupResponse,
  punchOutOrderMessage,
  orderRequest,
  response,
];

/** A type of document, and how it is read and written. */
export interface KnownDocument {
  readonly definition: DocumentDefinition;
  readonly message: XmlMessage<Envelope>;
}

const known: ReadonlyMap<string, KnownDocument> = new Map(
  definitions.map((definition) => [definition.type, { definition, message: framed(definition) }]),
);

/** The document of a type. Undefined where there is none, or it is of another kind. */
export function documentNamed(type: string, kind?: CxmlKind): KnownDocument | undefined {
  const found = known.get(type);
  return kind === undefined || found?.definition.kind === kind ? found : undefined;
}
