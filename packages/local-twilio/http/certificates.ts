/**
 * The certificate authority of this local Twilio: made once, kept in its folder with the key readable by the owner
 * only, and leaf certificates for Twilio's host names made when a client first asks for one. Whoever trusts the CA
 * trusts it for `twilio.com` and `twil.io` alone, and for no IP address (name constraints). Validity is in real time, whatever the clock of
 * the local Twilio says: it is the clients' clocks that judge it.
 */
import type { webcrypto } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { isIP } from "node:net";
import { createSecureContext, type SecureContext } from "node:tls";
import { join } from "node:path";
import { caFile } from "./ca-file.ts";
import type * as x509 from "@peculiar/x509";

export interface CertificateAuthority {
  /** TLS context for a host name, the same one for the same name. */
  contextFor(host: string): Promise<SecureContext>;
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const year = 365 * 24 * 3600 * 1000;

/** Opens the CA in `folder`, making it when it is missing. */
export async function openCertificateAuthority(folder: string): Promise<CertificateAuthority> {
  await import("reflect-metadata");
  const x509 = await import("@peculiar/x509");
  x509.cryptoProvider.set(globalThis.crypto);
  const { certificate, key } = await loadOrMake(x509, folder);
  const contexts = new Map<string, Promise<SecureContext>>();

  const makeLeaf = async (host: string): Promise<SecureContext> => {
    const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
    const leaf = await x509.X509CertificateGenerator.create({
      serialNumber: serialNumber(),
      subject: [{ CN: [host.slice(0, 64)] }],
      issuer: certificate.subject,
      notBefore: new Date(Date.now() - 24 * 3600 * 1000),
      notAfter: new Date(Math.min(Date.now() + 2 * year, certificate.notAfter.getTime())),
      publicKey: keys.publicKey,
      signingKey: key,
      signingAlgorithm: algorithm,
      extensions: [
        new x509.SubjectAlternativeNameExtension([{ type: isIP(host) === 0 ? "dns" : "ip", value: host }]),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        await x509.AuthorityKeyIdentifierExtension.create(certificate),
      ],
    });
    return createSecureContext({
      key: await keyPem(x509, keys.privateKey),
      cert: leaf.toString("pem") + "\n" + certificate.toString("pem"),
    });
  };

  return {
    contextFor(host) {
      const known = contexts.get(host);
      if (known) return known;
      const made = makeLeaf(host);
      contexts.set(host, made);
      return made;
    },
  };
}

type X509 = typeof x509;

async function loadOrMake(
  x509: X509,
  folder: string,
): Promise<{ certificate: x509.X509Certificate; key: webcrypto.CryptoKey }> {
  const keyFile = join(folder, "ca-key.pem");
  if (existsSync(caFile(folder)) && existsSync(keyFile)) {
    const certificate = new x509.X509Certificate(readFileSync(caFile(folder), "utf8"));
    const [der] = x509.PemConverter.decode(readFileSync(keyFile, "utf8"));
    const isLimited = certificate.getExtension(constraintsId)?.value.byteLength === constraints.length;
    if (der && isLimited && certificate.notAfter.getTime() > Date.now() + 30 * 24 * 3600 * 1000) {
      const key = await crypto.subtle.importKey("pkcs8", der, algorithm, true, ["sign"]);
      return { certificate, key };
    }
  }
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ CN: ["Local Twilio CA"] }],
    notBefore: new Date(Date.now() - 24 * 3600 * 1000),
    notAfter: new Date(Date.now() + 5 * year),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      new x509.Extension(constraintsId, true, constraints),
    ],
  });
  writeFileSync(keyFile, await keyPem(x509, keys.privateKey), { mode: 0o600 });
  writeFileSync(caFile(folder), certificate.toString("pem") + "\n", { mode: 0o644 });
  return { certificate, key: keys.privateKey };
}

const constraintsId = "2.5.29.30";

/**
 * DER of NameConstraints (RFC 5280, 4.2.1.10): these domains and their subdomains are permitted, and every address of IPv4 and IPv6
 * is excluded. Kinds of names that nothing is said of would be free.
 */
const constraints = ((): Buffer => {
  const tagged = (tag: number, content: Buffer): Buffer =>
    Buffer.concat([Buffer.from([tag, content.length]), content]);
  const [sequence, permitted, excluded, dnsName, ipAddress] = [0x30, 0xa0, 0xa1, 0x82, 0x87];
  const domains = ["twilio.com", "twil.io"].map((name) => tagged(dnsName, Buffer.from(name, "ascii")));
  // Address and mask: all zeros is every address.
  const addresses = [8, 32].map((length) => tagged(ipAddress, Buffer.alloc(length)));
  const trees = (names: readonly Buffer[]): Buffer =>
    Buffer.concat(names.map((name) => tagged(sequence, name)));
  return tagged(
    sequence,
    Buffer.concat([tagged(permitted, trees(domains)), tagged(excluded, trees(addresses))]),
  );
})();

async function keyPem(x509: X509, key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await crypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY") + "\n";
}

function serialNumber(): string {
  return `01${Buffer.from(crypto.getRandomValues(new Uint8Array(15))).toString("hex")}`;
}
