import { path, type Static, settings, Type } from '@waybill/contract';

export const domainPattern = '^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$';

export const dkim = settings(
  {
    domain: Type.Optional(
      Type.String({
        description: 'The domain that signs. It should be that of "from", or one above it. Without it, the domain of the connection.',
        pattern: domainPattern,
        examples: ['example.com'],
      }),
    ),
    selector: Type.String({
      description: 'Under which name the public key stands in DNS: SELECTOR._domainkey.DOMAIN.',
      pattern: domainPattern,
      examples: ['waybill2026'],
    }),
    key: path({
      description:
        'A PEM file with the private key: RSA of 1024 bits at least (2048 is usual), or Ed25519. It is read when the connection opens.',
      examples: ['./secrets/dkim.pem'],
    }),
  },
  { description: 'Mails are signed (DKIM), so that those who get them can see that they are yours.' },
);
export type Dkim = Static<typeof dkim>;
