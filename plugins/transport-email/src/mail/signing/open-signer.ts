import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { errors } from '../../errors.ts';
import type { Dkim } from '../../settings/dkim.ts';
import { type Signer, signerOf } from './signer.ts';

/** Keys that are shorter are believed by nobody (RFC 8301, section 3.2). */
const shortest = 1024;

/**
 * Reads the key and signs something with it, so that no mail leaves unsigned later. `domain`: that of the connection. Throws WB_EMAIL_DKIM where the key
 * cannot be read or cannot sign. Its content is in no error.
 */
export async function openSigner({ key: file, domain: own, selector }: Dkim, domain: string): Promise<Signer> {
  const key = keyIn(await contentOf(file), file);
  tryKey(key, file);
  return signerOf({ key, selector, domain: (own ?? domain).toLowerCase() });
}

async function contentOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw errors.WB_EMAIL_DKIM(`The key of "dkim" cannot be read from ${file}: ${(cause as NodeJS.ErrnoException).code}.`, {
      at: 'dkim.key',
      cause,
    });
  }
}

function keyIn(pem: string, file: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch (cause) {
    throw errors.WB_EMAIL_DKIM(`${file} has no private key in PEM that can be read without a password.`, { at: 'dkim.key', cause });
  }
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type !== 'rsa' && type !== 'ed25519')
    throw errors.WB_EMAIL_DKIM(`${file} has a key of the kind ${type}, which DKIM does not know.`, { at: 'dkim.key' });
  const bits = details?.modulusLength ?? shortest;
  if (bits < shortest)
    throw errors.WB_EMAIL_DKIM(`${file} has an RSA key of ${bits} bits, and no receiver believes one of less than ${shortest}.`, {
      at: 'dkim.key',
    });
  return key;
}

function tryKey(key: KeyObject, file: string): void {
  const algorithm = key.asymmetricKeyType === 'rsa' ? 'sha256' : null;
  const text = Buffer.from('a probe');
  let isRight: boolean;
  try {
    isRight = verify(algorithm, text, createPublicKey(key), sign(algorithm, text, key));
  } catch (cause) {
    throw errors.WB_EMAIL_DKIM(`The key in ${file} cannot sign.`, { at: 'dkim.key', cause });
  }
  if (!isRight) throw errors.WB_EMAIL_DKIM(`What the key in ${file} signs is not right.`, { at: 'dkim.key' });
}
