import { expect, test, vi } from "vitest";
import { method } from "./answer.ts";

const login = Buffer.from("SK1:of the key").toString("base64");

/** What the engine hears of something that a handler throws. */
function heard(thrown: unknown): Promise<string> {
  const handle = method<null, null>(() => {
    throw thrown;
  });
  return new Promise((resolve) => {
    handle({ request: null } as Parameters<typeof handle>[0], (error) => {
      resolve(error?.details ?? "");
    });
  });
}

test("of an error that nobody expected the engine hears one line, and neither a stack nor a request", async () => {
  const request = { headers: { authorization: `Basic ${login}` } };
  const details = await heard(Object.assign(new TypeError(`x is undefined\n${login}`), { request }));
  expect(details).toBe(
    "An error of the provider itself: TypeError: x is undefined (PULUMI_TWILIO_DEBUG=1 says where it happened)",
  );
  expect(await heard(request)).not.toContain(login);
});

test("whoever asks for it hears where it happened, and no field of the error", async () => {
  vi.stubEnv("PULUMI_TWILIO_DEBUG", "1");
  try {
    const details = await heard(Object.assign(new Error("why"), { login }));
    expect(details).toMatch(/Error: why\n\s+at .*answer\.test\.ts/);
    expect(details).not.toContain(login);
  } finally {
    vi.unstubAllEnvs();
  }
});
