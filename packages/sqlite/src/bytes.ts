/**
 * Bytes that may cross a thread border. Sending a window sends the whole buffer behind it, which for a small Buffer is
 * a pool of many kilobytes: windows are copied first.
 */
export function ownBytes(body: Uint8Array): Uint8Array {
  return body.byteLength === body.buffer.byteLength ? body : new Uint8Array(body);
}

/**
 * The place of a body in a statement, instead of a bare `?`. Node 22, and 24 before 24.15, bind an empty array that has
 * crossed a thread border as NULL.
 */
export const bodyParameter = "coalesce(?, x'')";
