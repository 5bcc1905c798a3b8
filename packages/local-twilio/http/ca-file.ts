import { join } from "node:path";

/** Where the CA's certificate is: what `NODE_EXTRA_CA_CERTS` and `TWILIO_CA_BUNDLE` name. */
export function caFile(folder: string): string {
  return join(folder, "ca.pem");
}
