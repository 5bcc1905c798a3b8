/** A web server on this machine that keeps what webhooks post to it and answers as it is told. */
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import twilio from "twilio";

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  /** Whether Twilio's own library takes the signature for good. */
  readonly signed: boolean;
}

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** How the next requests are answered; 200 and nothing unless it is set; `never`, and `cut` for a connection that breaks. */
  answer: (request: Received) => { status?: number; type?: string; body?: string } | "never" | "cut";
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts one on a free port. */
export async function startReceiver(authToken: string): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const url = new URL(request.url ?? "/", receiver.url);
      const form = Object.fromEntries(new URLSearchParams(body));
      const signature = String(request.headers["x-twilio-signature"]);
      const one: Received = {
        method: request.method ?? "",
        path: url.pathname,
        parameters: { ...Object.fromEntries(url.searchParams), ...form },
        headers: request.headers,
        signed: twilio.validateRequest(authToken, signature, url.href, form),
      };
      received.push(one);
      const answer = receiver.answer(one);
      if (answer === "never") return;
      if (answer === "cut") return void request.socket.destroy();
      response.writeHead(answer.status ?? 200, { "content-type": answer.type ?? "application/json" });
      response.end(answer.body ?? "");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}`,
    received,
    answer: () => ({}),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
}
