import { type CxmlDocument, type CxmlStatus, isMultipart, readDocument, readMultipart, statusOf } from '@waybill/cxml';

/** A document of the shop. */
export interface Received {
  /** What the message was, without attachments. */
  readonly text: string;
  /** Missing where it could not be read. */
  readonly document?: CxmlDocument | undefined;
  /** Names of files that came along. */
  readonly attachments: readonly string[];
  /** What is to be answered for it, where it is no good. */
  readonly refusal?: CxmlStatus | undefined;
}

/** Reads what a shop has sent. `secret`: what the shop has to know, where something was set. */
export function receivedDocument(body: Uint8Array, contentType: string, secret: string | undefined): Received {
  const { text, attachments } = partsOf(body, contentType);
  try {
    const document = readDocument(text);
    const isWrong = secret !== undefined && document.secret !== secret;
    return { text, document, attachments, refusal: isWrong ? { code: 401, text: 'Unauthorized' } : undefined };
  } catch (error) {
    return { text, attachments, refusal: statusOf(error as Parameters<typeof statusOf>[0]) };
  }
}

function partsOf(body: Uint8Array, contentType: string): { readonly text: string; readonly attachments: readonly string[] } {
  const whole = { text: Buffer.from(body).toString(), attachments: [] };
  if (!isMultipart(contentType)) return whole;
  try {
    const { document, attachments } = readMultipart(body, contentType);
    const names = attachments.map(({ name, contentId }) => name ?? contentId ?? 'a file');
    return { text: Buffer.from(document.content).toString(), attachments: names };
  } catch {
    return whole;
  }
}

/** What the summaries look at: all of it may be missing. */
interface Said {
  readonly orderId?: string;
  readonly orders?: readonly { readonly orderId: string }[];
  readonly about?: string;
  readonly orderPayloadId?: string;
  readonly type?: string;
  readonly confirmationId?: string;
  readonly lines?: readonly unknown[];
  readonly shipmentId?: string;
  readonly invoiceId?: string;
  readonly purpose?: string;
  readonly summary?: { readonly due?: Priced; readonly net?: Priced };
  readonly code?: number;
  readonly text?: string;
  readonly detail?: string;
  readonly name?: string;
}

interface Priced {
  readonly amount: string;
  readonly currency: string;
}

/** The order that a document speaks of: by its number, or by the payload id of one of its documents. */
export function aboutOf({ input }: CxmlDocument): { readonly orderId: string | undefined; readonly payloadId: string | undefined } {
  const { orderId, orders, about, orderPayloadId } = input as Said;
  return { orderId: orderId ?? orders?.[0]?.orderId, payloadId: about ?? orderPayloadId };
}

/** A document in a few words. */
export function summaryOf({ type, input, status }: CxmlDocument): string {
  const said = input as Said;
  const due = said.summary?.due ?? said.summary?.net;
  const count = said.lines === undefined ? '' : `, ${said.lines.length} lines`;
  const words: Readonly<Record<string, () => string>> = {
    ConfirmationRequest: () => `${said.confirmationId ?? 'Confirmation'}: ${said.type}${count}`,
    ShipNoticeRequest: () => `Shipment ${said.shipmentId}`,
    InvoiceDetailRequest: () => `Invoice ${said.invoiceId}: ${said.purpose}${due ? `, ${due.amount} ${due.currency}` : ''}`,
    StatusUpdateRequest: () => `${said.code ?? status?.code} ${said.text ?? status?.text ?? ''} ${said.detail ?? ''}`.trim(),
    CatalogUploadRequest: () => `Catalog ${said.name}`,
  };
  return words[type]?.() ?? type;
}
