import type { WaybillError } from '@waybill/contract/errors';
import { errors } from '../../errors.ts';

export interface Allowance {
  readonly headers: number;
  readonly parts: number;
  readonly depth: number;
  /** Bytes of attached mails that have a transfer encoding, and are read anew once it is undone. */
  readonly unpacked: number;
}

/** Fields of all header blocks together: each costs more memory than its bytes. */
const mostFields = 100_000;

/** What one mail may still cost, its attached mails included. Once something is refused nothing more is read of it. */
export class Budget {
  readonly #allowed: Allowance;
  #headers = 0;
  #fields = 0;
  #parts = 0;
  #unpacked = 0;
  #defect: WaybillError | undefined;

  constructor(allowed: Allowance) {
    this.#allowed = allowed;
  }

  get defect(): WaybillError | undefined {
    return this.#defect;
  }

  /** The first reason counts. */
  refuse(defect: WaybillError): void {
    this.#defect ??= defect;
  }

  takesField(bytes: number): boolean {
    this.#headers += bytes;
    this.#fields++;
    if (this.#headers <= this.#allowed.headers && this.#fields <= mostFields) return true;
    this.refuse(
      errors.WB_EMAIL_HEADERS_TOO_LARGE(
        `The header blocks of the mail have more than ${this.#allowed.headers} bytes, or more than ${mostFields} fields.`,
      ),
    );
    return false;
  }

  takesPart(): boolean {
    if (++this.#parts <= this.#allowed.parts) return true;
    this.refuse(errors.WB_EMAIL_TOO_MANY_PARTS(`The mail has more than ${this.#allowed.parts} parts.`));
    return false;
  }

  takesDepth(depth: number): boolean {
    if (depth <= this.#allowed.depth) return true;
    this.refuse(errors.WB_EMAIL_TOO_DEEP(`More than ${this.#allowed.depth} parts of the mail stand within each other.`));
    return false;
  }

  /** An attached mail that is encoded and cannot be read for this reason stays a part without parts: no reason to refuse the rest. */
  takesUnpacked(bytes: number): boolean {
    this.#unpacked += bytes;
    return this.#unpacked <= this.#allowed.unpacked;
  }
}
