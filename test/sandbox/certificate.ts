/** A certificate for the sandbox's hosts, made at start; nothing is stored and nothing fetched. */
import { generate } from 'selfsigned';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** Self-signed, P-256, valid for a day around now, for these host names and 127.0.0.1. PEM texts. */
export async function makeCertificate(hosts: readonly string[]): Promise<Certificate> {
  const day = 86_400_000;
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'Latchkey sandbox' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - day),
    notAfterDate: new Date(Date.now() + day),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          ...hosts.map((value) => ({ type: 2 as const, value })),
          { type: 7 as const, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { key, cert };
}
