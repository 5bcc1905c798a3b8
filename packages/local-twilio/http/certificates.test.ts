import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, createServer } from "node:tls";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openCertificateAuthority } from "./certificates.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ca-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a client that trusts the CA makes of a server that has a certificate of it for this name. */
async function trusted(name: string): Promise<string> {
  const authority = await openCertificateAuthority(folder);
  const secureContext = await authority.contextFor(name);
  const server = createServer({ SNICallback: (_, done) => done(null, secureContext) });
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const ca = readFileSync(join(folder, "ca.pem"));
  // The name is for SNI, which takes no address; who answers to what is checked by hand.
  const socket = connect({
    port,
    host: "127.0.0.1",
    ca,
    servername: "any.twilio.com",
    checkServerIdentity: () => undefined,
  });
  try {
    await once(socket, "secureConnect");
    return "trusted";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    socket.destroy();
    server.close();
  }
}

test.each([
  ["api.twilio.com", "trusted"],
  ["foo-1234-dev.twil.io", "trusted"],
  ["example.com", "permitted subtree violation"],
  ["127.0.0.1", "excluded subtree violation"],
  ["192.0.2.1", "excluded subtree violation"],
  ["2001:db8::1", "excluded subtree violation"],
])("a certificate for %s: %s", async (name, verdict) => {
  expect(await trusted(name)).toBe(verdict);
});

/** A CA that may sign for everything. */
async function withoutConstraints(): Promise<string> {
  const x509 = await import("@peculiar/x509");
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    ...{ serialNumber: "01", name: "CN=Local Twilio CA", keys, signingAlgorithm: algorithm },
    notBefore: new Date(Date.now() - 1000),
    notAfter: new Date(Date.now() + 365 * 24 * 3600 * 1000),
  });
  return made.toString("pem");
}

test("a CA of an earlier version, which says nothing of addresses, is made anew", async () => {
  const other = mkdtempSync(join(tmpdir(), "ca-"));
  await openCertificateAuthority(other);
  const made = readFileSync(join(other, "ca.pem"), "utf8");
  await openCertificateAuthority(other);
  expect(readFileSync(join(other, "ca.pem"), "utf8")).toBe(made);
  const earlier = await withoutConstraints();
  writeFileSync(join(other, "ca.pem"), earlier);
  await openCertificateAuthority(other);
  expect(readFileSync(join(other, "ca.pem"), "utf8")).not.toBe(earlier);
  rmSync(other, { recursive: true });
});
