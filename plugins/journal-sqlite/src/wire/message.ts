/** Everything of a message but its body as text, and the body. */
export type WireMessage = readonly [meta: string, body: Uint8Array];

export type FailureRow = readonly [code: string, kind: string, reason: string];
