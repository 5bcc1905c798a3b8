/** Where a command finds nobody, or somebody who refuses its login, or one who never answers. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export const ills = ["dead", "refused", "silent"] as const;
export type Ill = (typeof ills)[number];

export class SickTwilio {
  readonly endpoint: string;
  readonly host: string;
  readonly #server: Server;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.host = `127.0.0.1:${port}`;
    this.endpoint = `http://${this.host}`;
  }

  static async start(ill: Ill): Promise<SickTwilio> {
    const server = createServer((_, response) => {
      if (ill === "silent") return;
      // As Twilio answers an auth token that is another account's.
      const body = {
        code: 20003,
        message: "Authenticate",
        more_info: "https://www.twilio.com/docs/errors/20003",
      };
      response.writeHead(401, { "content-type": "application/json" });
      response.end(JSON.stringify({ ...body, status: 401 }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const twilio = new SickTwilio(server, (server.address() as AddressInfo).port);
    if (ill === "dead") await twilio.stop();
    return twilio;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
