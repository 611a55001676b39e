/** In what a shop is opened: the whole window, a frame of the buyer's page, or a frame that may do little. */
export type Opening = 'top' | 'frame' | 'sandbox';

interface AnyProfile {
  readonly name: string;
  /** For people. */
  readonly title: string;
  /** What is special about it, and how sure that is. */
  readonly remark: string;
  readonly opening: Opening;
  /** Of the buyer's own cookie. Undefined: no attribute. `None` needs TLS. */
  readonly sameSite: 'Lax' | 'None' | undefined;
}

/** What a procurement system that speaks cXML does: reference/procurement-messages.md, sections 7.1 to 7.3. */
export interface CxmlProfile extends AnyProfile {
  readonly protocol: 'cxml';
  /** Of the DTD. */
  readonly version: string;
  readonly userAgent: string;
  /** The list of names that From and To are from. */
  readonly domain: string;
  /** A hub speaks for the buyer: its name stands in Sender. */
  readonly hub: { readonly domain: string; readonly identity: string } | undefined;
  /** To has several names of the supplier, or one. */
  readonly severalTo: boolean;
  /** `2026-11-27T10:00:00-05:00`, without the offset, or `Fri Nov 27 10:00:00 -0500 2026`. */
  readonly timestamps: 'offset' | 'plain' | 'ctime';
  readonly doctype: boolean;
  /** Contact stands before BrowserFormPost, where the DTD does not have it. */
  readonly contactFirst: boolean;
  /** Written where no secret is set. Undefined: no element at all. */
  readonly withoutSecret: string | undefined;
  /** Whether orders carry the secret. */
  readonly secretInOrders: boolean;
  /** Names of fields about the user, each with what it holds. */
  readonly extrinsics: Readonly<Record<string, string>>;
  readonly payloadIds: 'unique' | 'timestamp';
  /** A cart must name the newest session of the user; an older one is answered with "token expired". */
  readonly newestCookieOnly: boolean;
  readonly operations: readonly ('create' | 'edit' | 'inspect')[];
  /** Appended to the names of the parties of a test. */
  readonly testSuffix: string;
}

/** What a procurement system that speaks SAP OCI does: section 6. */
export interface OciProfile extends AnyProfile {
  readonly protocol: 'oci';
  readonly version: string;
  readonly method: 'GET' | 'POST';
  readonly charset: 'utf-8' | 'iso-8859-1';
  /** `~TARGET` of the call. Undefined: not sent. */
  readonly target: string | undefined;
  /** The name of the parameter with the return address. */
  readonly hookName: string;
}

export type BuyerProfile = CxmlProfile | OciProfile;
