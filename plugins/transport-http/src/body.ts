import type { IncomingMessage } from 'node:http';

/** Why there is no body. `gone`: the client went away before all of it had come; there is nobody to answer. */
export type NoBody = 'too-large' | 'no-room' | 'gone';

/** How many bytes of bodies may be in hand at the same time, over all requests of an entry. */
export interface Room {
  /** False when there is no room for so many more bytes. */
  take(bytes: number): boolean;
  give(bytes: number): void;
}

/**
 * The whole body of a request, or why there is none. Never rejects. The room that the body takes is given back by the
 * caller when there is a body, and by this function when there is none.
 */
export function collectBody(request: IncomingMessage, limit: number, room: Room): Promise<Uint8Array | NoBody> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (result: Uint8Array | NoBody) => {
      request.off('data', onData).off('end', onEnd).off('close', onGone).off('error', onGone);
      if (typeof result === 'string') room.give(size);
      resolve(result);
    };
    const giveUp = (reason: NoBody) => {
      end(reason);
      request.resume();
    };
    const onData = (chunk: Buffer) => {
      if (size + chunk.length > limit) return giveUp('too-large');
      if (!room.take(chunk.length)) return giveUp('no-room');
      size += chunk.length;
      chunks.push(chunk);
    };
    const onEnd = () => end(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size));
    const onGone = () => end('gone');
    request.on('data', onData).on('end', onEnd).on('close', onGone).on('error', onGone);
  });
}

/** Room for so many bytes. */
export function roomFor(most: number): Room {
  let taken = 0;
  return {
    take(bytes) {
      if (taken + bytes > most) return false;
      taken += bytes;
      return true;
    },
    give(bytes) {
      taken -= bytes;
    },
  };
}
