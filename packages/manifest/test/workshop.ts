import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Card, cardOf } from '@waybill/contract/host';
import { checkManifest } from '../src/check.ts';
import type { CheckedManifest } from '../src/checked.ts';
import { formatProblems, type Problem } from '../src/problem.ts';
import { readManifest } from '../src/read/manifest.ts';
import { ear, notebook, parcels, post, wire } from './fixture-plugins.ts';

/** A folder with a manifest, plugins and whatever else a test needs; every plugin leaves a mark when its code runs. */
export class Workshop {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'waybill-manifest-')));

  constructor() {
    this.install('@fixture/wire', cardOf(wire));
    this.install('@fixture/post', cardOf(post));
    this.install('@fixture/ear', cardOf(ear));
    this.install('@fixture/notebook', cardOf(notebook));
    this.install('@fixture/parcels', cardOf(parcels));
    this.write('app.js', this.trap('app'));
  }

  /** Installs a package as npm would. */
  install(name: string, card: Card | string | undefined, packageJson: object = { exports: { '.': { import: './index.js' } } }): void {
    const folder = join('node_modules', name);
    this.write(join(folder, 'package.json'), JSON.stringify({ name, version: '1.0.0', type: 'module', ...packageJson }));
    this.write(join(folder, 'index.js'), this.trap(name));
    if (card !== undefined) this.write(join(folder, 'waybill.plugin.json'), typeof card === 'string' ? card : JSON.stringify(card));
  }

  /** The text of an installed card. */
  cardOf(name: string): string {
    return readFileSync(join(this.folder, 'node_modules', name, 'waybill.plugin.json'), 'utf8');
  }

  /** Code that cannot run unnoticed. */
  trap(name: string): string {
    const mark = join(this.folder, `ran-${name.replaceAll(/\W/g, '-')}`);
    return `import { writeFileSync } from 'node:fs';\nwriteFileSync(${JSON.stringify(mark)}, '');\nthrow new Error('ran');\n`;
  }

  /** The marks of plugins whose code ran. */
  ran(): readonly string[] {
    return readdirSync(this.folder).filter((name) => name.startsWith('ran-'));
  }

  write(name: string, content: string | Uint8Array): string {
    const file = join(this.folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  remove(name: string): void {
    rmSync(join(this.folder, name), { force: true });
  }

  /** Writes a manifest and checks it. */
  check(text: string | Uint8Array, name = 'waybill.jsonc', env: Readonly<Record<string, string>> = environment): Verdict {
    const result = checkManifest(readManifest(this.write(name, text)), { env });
    return 'problems' in result ? { problems: result.problems } : { problems: [], manifest: result.manifest };
  }

  close(): void {
    rmSync(this.folder, { recursive: true });
  }
}

export interface Verdict {
  readonly problems: readonly Problem[];
  readonly manifest?: CheckedManifest;
}

/** `code line:column path` of each problem. */
export function places({ problems }: Verdict): readonly string[] {
  return problems.map(({ code, line, column, path: at }) => `${code} ${line}:${column} ${at}`.trimEnd());
}

/** The manifest of a verdict without problems. Throws, with the problems as text, where there are some. */
export function accepted({ problems, manifest }: Verdict): CheckedManifest {
  if (manifest === undefined) throw new Error(formatProblems(problems));
  return manifest;
}

export const environment: Readonly<Record<string, string>> = { WIRE_PASSWORD: 'open-sesame', WIRE_PORT: '8080', TOKEN: 'token-4711' };

/** Uses every key that a manifest knows. */
export const good = `{
  "$schema": "./waybill.schema.json",
  "name": "harbour-store",
  "plugins": ["@fixture/wire", "@fixture/post", "@fixture/ear", "@fixture/notebook", "@fixture/parcels"],
  "app": "./app.js",
  "journal": {
    "use": "notebook",
    "keep": "14d",
    "path": "./data/journal.db"
  },
  "connections": {
    "backend": {
      "transport": "wire",
      "folder": "./data",
      "port": "\${env:WIRE_PORT}",
      "password": "\${env:WIRE_PASSWORD}",
      "secure": false
    },
    "letters": { "transport": "post", "host": "mail.example.org" },
    "hearsay": { "transport": "ear" }
  },
  "inbound": {
    "status": {
      "connection": "backend",
      "queue": "STATUS.IN",
      "every": "250ms",
      "limit": "64KB",
      "auth": {
        "basic": {
          "user": "erp",
          "password": "\${env:TOKEN}"
        }
      },
      "messages": ["Parcel_Status", "Customer_Change@1.0"],
      "accept": "stored",
      "order": "parallel",
      "concurrency": 16,
      "retry": {
        "attempts": 7,
        "first": "2s",
        "most": "1m"
      },
      "timeout": "20s",
      "store": "10151",
      "packs": {
        "parcels": {
          "lenient": true,
          "longest": "32KB",
          "key": "\${env:TOKEN}"
        }
      },
      "encoding": "windows-1252",
      "allow": {
        "erp_gateway": ["Parcel_Status@3.0"],
        "*": "all"
      },
      "credentials": "ignore",
      "archive": true,
      "enabled": true,
      "description": "What the back end says."
    },
    "whispers": {
      "connection": "hearsay",
      "order": { "by": "key" },
      "concurrency": 3
    },
    "rumours": { "connection": "hearsay", "parked": "releases", "order": "serial" }
  },
  "outbound": {
    "orders": {
      "connection": "backend",
      "queue": "ORDERS.OUT",
      "concurrency": 2,
      "unknown": "park",
      "headers": { "x-source": "harbour" }, "packs": { "parcels": { "longest": "8KB", "seal": "\${env:TOKEN}" } },
      "retry": { "attempts": 3 },
      "timeout": "5s",
      "archive": true,
      "enabled": true,
      "description": "What the back end gets."
    },
    "order-letters": { "connection": "letters", "recipient": "orders@example.org", "order": { "by": "key" }, "parked": "blocks" }
  },
  "routes": [
    {
      "event": "parcel.ordered",
      "message": "Parcel_Order@2.0",
      "to": ["orders", "order-letters"],
      "store": "10151",
      "priority": [0, 9]
    },
    { "event": "stock.asked", "message": "Stock_Question", "to": ["orders"] }
  ],
  "log": {
    "level": "debug"
  },
  "stop": {
    "grace": "10s"
  }
}
`;
