/** What the network does to a request, in words. Nothing of the request itself is read but its host. */

/** Why a request got no answer, and what to do about it. */
export interface Unanswered {
  /** `api.twilio.com`, `127.0.0.1:4010`; null when the error does not say it. */
  readonly host: string | null;
  readonly problem: string;
  readonly advice: string;
}

const again = "check the network, then run the command again";
const untrusted = {
  problem: "its certificate is not trusted",
  advice:
    "where a proxy of yours answers for it, name the file with the proxy's certificate in NODE_EXTRA_CA_CERTS and TWILIO_CA_BUNDLE",
};
const late = {
  problem: "it did not answer in time",
  advice: "run the command again, or give it longer with SUPPORT_LINE_TIMEOUT (seconds)",
};
const cut = { problem: "the connection was cut", advice: again };
const nowhere = { problem: "no way leads there", advice: again };
const nameless = {
  problem: "its name could not be found",
  advice: "check the network and its DNS, then run the command again",
};
const noTls = {
  problem: "it does not speak TLS as it should",
  advice: "check whether a proxy or another program answers in its place",
};

/** By the code that Node or a client of HTTP gives it. */
const byCode: Readonly<Record<string, { readonly problem: string; readonly advice: string }>> = {
  ENOTFOUND: nameless,
  EAI_AGAIN: nameless,
  ECONNREFUSED: { problem: "nothing is listening there", advice: again },
  ECONNRESET: cut,
  EPIPE: cut,
  UND_ERR_SOCKET: cut,
  ERR_NETWORK: cut,
  EHOSTUNREACH: nowhere,
  ENETUNREACH: nowhere,
  ENETDOWN: nowhere,
  EADDRNOTAVAIL: nowhere,
  ETIMEDOUT: late,
  ESOCKETTIMEDOUT: late,
  ECONNABORTED: late,
  TimeoutError: late,
  UND_ERR_CONNECT_TIMEOUT: late,
  UND_ERR_HEADERS_TIMEOUT: late,
  UND_ERR_BODY_TIMEOUT: late,
  AbortError: { problem: "the request was cancelled", advice: "run the command again" },
  ERR_CANCELED: { problem: "the request was cancelled", advice: "run the command again" },
  CERT_HAS_EXPIRED: { ...untrusted, problem: "its certificate has expired" },
  CERT_NOT_YET_VALID: { problem: "its certificate is not valid yet", advice: "check this machine's clock" },
  ERR_TLS_CERT_ALTNAME_INVALID: { ...untrusted, problem: "its certificate is another host's" },
  EPROTO: noTls,
};
/** Those that come in families. */
const byFamily: readonly (readonly [RegExp, { readonly problem: string; readonly advice: string }])[] = [
  [/SELF_SIGNED|^UNABLE_TO_(VERIFY|GET)|^CERT_|_CERT_/, untrusted],
  [/^ERR_(SSL|TLS)_/, noTls],
  [/^(UND_ERR|HPE)_/, { problem: "its answer is not HTTP", advice: again }],
];

const wordsOf = (code: string) => byCode[code] ?? byFamily.find(([family]) => family.test(code))?.[1];

/** What an error of the network may say; every field is somebody else's, and is checked before it is used. */
interface Said {
  readonly code?: unknown;
  readonly name?: unknown;
  readonly message?: unknown;
  readonly hostname?: unknown;
  readonly host?: unknown;
  readonly address?: unknown;
  readonly port?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
  readonly config?: unknown;
}

/** An error with its causes, the outermost first. */
function chain(error: unknown, depth = 0): Said[] {
  if (typeof error !== "object" || error === null || depth > 5) return [];
  const said = error as Said;
  const first: unknown = Array.isArray(said.errors) ? said.errors[0] : undefined;
  return [said, ...chain(said.cause, depth + 1), ...chain(first, depth + 1)];
}

/**
 * Reads what `fetch`, axios, or Node itself threw.
 *
 * @returns null when it is no error of the network
 */
export function unanswered(error: unknown): Unanswered | null {
  const said = chain(error);
  for (const each of said) {
    const code = [each.code, each.name].find(
      (name) => typeof name === "string" && wordsOf(name) !== undefined,
    );
    if (typeof code !== "string") continue;
    const words = wordsOf(code);
    if (words !== undefined) return { host: hostIn(said), ...words, problem: `${words.problem} (${code})` };
  }
  const hungUp = said.some(({ message }) => message === "socket hang up" || message === "terminated");
  const isFetch = said.some(({ message }) => message === "fetch failed");
  return hungUp || isFetch ? { host: hostIn(said), ...cut } : null;
}

function hostIn(said: readonly Said[]): string | null {
  const found = said.flatMap(({ config, hostname, host, address, port }) => {
    const url = (config as { url?: unknown } | null | undefined)?.url;
    if (typeof url === "string" && URL.canParse(url)) return [new URL(url).host];
    const name = [hostname, host, address].find((each) => typeof each === "string" && each !== "");
    if (typeof name !== "string") return [];
    return [typeof port === "number" && name === address ? `${name}:${port}` : name];
  });
  return found[0] ?? null;
}
