/** What a buyer says in a document; everything has a default. */
export interface Said {
  readonly payloadId?: string;
  readonly from?: string;
  readonly to?: string;
  readonly sender?: string;
  readonly secret?: string | undefined;
  readonly test?: boolean;
  readonly orderId?: string;
  /** What stands in the remark of an order. */
  readonly comments?: string;
  readonly cookie?: string;
  readonly card?: string;
}

/** Names of this supplier and of its buyer. */
export const supplier = 'SUP-40077';
export const buyer = 'BUY-20033';
export const password = 'quiet-otter-91';

function envelope(said: Said, request: string): string {
  const { payloadId = '1795000000.1@buyer.example', from = buyer, to = supplier, sender = from, test } = said;
  // That there is none has to be said.
  const secret = 'secret' in said ? said.secret : password;
  const mode = test === true ? ' deploymentMode="test"' : '';
  const credential = (identity: string, more = '') => `<Credential domain="NetworkID"><Identity>${identity}</Identity>${more}</Credential>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.050/cXML.dtd">
<cXML payloadID="${payloadId}" timestamp="2026-10-05T10:00:00-04:00">
  <Header>
    <From>${credential(from)}</From>
    <To>${credential(to)}</To>
    <Sender>${credential(sender, secret === undefined ? '' : `<SharedSecret>${secret}</SharedSecret>`)}<UserAgent>Buyer 9</UserAgent></Sender>
  </Header>
  <Request${mode}>${request}</Request>
</cXML>
`;
}

export const profileRequest = (said: Said = {}): string => envelope(said, '<ProfileRequest/>');

export function setupRequest(said: Said = {}): string {
  return envelope(
    said,
    `<PunchOutSetupRequest operation="create">
      <BuyerCookie>${said.cookie ?? 'cookie-1'}</BuyerCookie>
      <Extrinsic name="UserEmail">rosa.lindqvist@buyer.example</Extrinsic>
      <BrowserFormPost><URL>https://buyer.example/back?x=1</URL></BrowserFormPost>
    </PunchOutSetupRequest>`,
  );
}

export function orderRequest(said: Said = {}): string {
  const card = said.card === undefined ? '' : `<Payment><PCard number="${said.card}" expiration="2029-12-31"/></Payment>`;
  const comments = said.comments === undefined ? '' : `<Comments>${said.comments}</Comments>`;
  return envelope(
    said,
    `<OrderRequest>
      <OrderRequestHeader orderID="${said.orderId ?? 'PO-9001'}" orderDate="2026-10-05T09:00:00-04:00" type="new">
        <Total><Money currency="EUR">37.50</Money></Total>
        <BillTo><Address><Name xml:lang="en">Buyer</Name></Address></BillTo>${card}${comments}
      </OrderRequestHeader>
      <ItemOut quantity="3" lineNumber="1">
        <ItemID><SupplierPartID>P-1</SupplierPartID></ItemID>
        <ItemDetail>
          <UnitPrice><Money currency="EUR">12.50</Money></UnitPrice>
          <Description xml:lang="en">Part</Description>
          <UnitOfMeasure>EA</UnitOfMeasure>
          <Classification domain="UNSPSC">31171504</Classification>
        </ItemDetail>
      </ItemOut>
    </OrderRequest>`,
  );
}
