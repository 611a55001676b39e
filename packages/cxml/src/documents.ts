import type { XmlMessage } from '@waybill/xml';
import { catalogUploadRequest } from './catalog/catalog.ts';
import type { CxmlKind, DocumentDefinition } from './envelope/definition.ts';
import { type Envelope, framed } from './envelope/frame.ts';
import { response } from './envelope/response.ts';
import { confirmationRequest } from './fulfilling/confirmation.ts';
import { orderStatusRequest } from './fulfilling/order-status.ts';
import { shipNoticeRequest } from './fulfilling/ship-notice.ts';
import { invoiceDetailRequest } from './invoicing/invoice.ts';
import { orderRequest } from './ordering/order-request.ts';
import { punchOutOrderMessage } from './punchout/order-message.ts';
import { profileRequest, profileResponse } from './punchout/profile.ts';
import { punchOutSetupRequest } from './punchout/setup-request.ts';
import { punchOutSetupResponse } from './punchout/setup-response.ts';
import { statusUpdateRequest, statusUpdateSent } from './status/status-update.ts';

/** Every type of document, in the order in which partners exchange them. */
export const definitions: readonly DocumentDefinition[] = [
  profileRequest,
  profileResponse,
  punchOutSetupRequest,
  punchOutSetupResponse,
  punchOutOrderMessage,
  orderRequest,
  statusUpdateSent,
  confirmationRequest,
  orderStatusRequest,
  shipNoticeRequest,
  invoiceDetailRequest,
  statusUpdateRequest,
  catalogUploadRequest,
  response,
];

/** A type of document, and how it is read and written. */
export interface KnownDocument {
  readonly definition: DocumentDefinition;
  readonly message: XmlMessage<Envelope>;
}

/** Every type of document, with its reading and writing. */
export const knownDocuments: readonly KnownDocument[] = definitions.map((definition) => ({ definition, message: framed(definition) }));

/** What a document holds that goes both ways, such as a status update: what a buyer asks for, or what a supplier tells. */
export type Holds = DocumentDefinition['holds'];

/**
 * The document of a type. Of one that goes both ways, that which `holds` says; without it, what a buyer sends. Undefined where there is none, or it is of
 * another kind.
 */
export function documentNamed(type: string, kind?: CxmlKind, holds: Holds = 'command'): KnownDocument | undefined {
  const found = named.get(type)?.filter(({ definition }) => kind === undefined || definition.kind === kind);
  return found?.find(({ definition }) => definition.holds === holds) ?? found?.[0];
}

const named: ReadonlyMap<string, readonly KnownDocument[]> = Map.groupBy(knownDocuments, ({ definition }) => definition.type);
