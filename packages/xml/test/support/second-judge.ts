import { DtdValidator, XmlDocument, XmlDtd, XmlParseError, XmlValidateError } from 'libxml2-wasm';

/** What libxml2 finds wrong with documents: nothing is fetched, and what a document says of its DTD is replaced by the one that is given. */
export class SecondJudge {
  readonly #validator: DtdValidator;

  constructor(dtd: string) {
    this.#validator = new DtdValidator(XmlDtd.fromString(dtd));
  }

  /** Undefined where it is well-formed and valid. The encoding that it names is not looked at: documents are UTF-8. */
  faultOf(body: Uint8Array): string | undefined {
    try {
      using document = XmlDocument.fromBuffer(withoutEncoding(body));
      this.#validator.validate(document);
      return undefined;
    } catch (error) {
      if (error instanceof XmlParseError) return `is not well-formed: ${error.message}`;
      if (error instanceof XmlValidateError) return `is not valid: ${error.message}`;
      throw error;
    }
  }
}

const declared =
  /^(\ufeff?<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"[^"]*"|'[^']*'))[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"[^"]*"|'[^']*')/;

function withoutEncoding(body: Uint8Array): Uint8Array {
  const document = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  return new TextEncoder().encode(document.replace(declared, '$1'));
}
