import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One of the shared cases; what the words mean stands in the README beside them. */
export interface Case {
  readonly id: string;
  readonly kind: 'receive' | 'multipart' | 'story' | 'values' | 'answers' | 'write-cxml' | 'write-oci' | 'oci' | 'headers' | 'machine';
  readonly files: readonly string[];
  readonly [field: string]: unknown;
}

/** The folder of the cases. */
export class Cases {
  readonly #folder: string;
  readonly all: readonly Case[];

  constructor(folder: string) {
    this.#folder = folder;
    this.all = JSON.parse(this.text('cases.json')) as readonly Case[];
  }

  bytes(file: string): Buffer {
    return readFileSync(join(this.#folder, file));
  }

  text(file: string): string {
    return this.bytes(file).toString();
  }

  json(file: string): unknown {
    return JSON.parse(this.text(file));
  }
}
