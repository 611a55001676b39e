// A program that does what a test tells it, over the channel of its process. It is what loads the real package.
import { Session } from './session.ts';

/** A call of the session by its name, or several in a row. */
export interface Ask {
  readonly id: number;
  readonly name: string;
  readonly args: readonly unknown[];
}

export type Said =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly message: string; readonly reason: number };

const session = new Session();

process.on('message', ({ id, name, args }: Ask) => process.send?.(answer(id, name, args)));
process.on('disconnect', () => process.exit());

function answer(id: number, name: string, args: readonly unknown[]): Said {
  try {
    const call = Reflect.get(session, name) as (...args: readonly unknown[]) => unknown;
    return { id, value: call.apply(session, [...args]) };
  } catch (error) {
    const { message, reason = 0 } = error as Error & { reason?: number };
    return { id, message, reason };
  }
}
