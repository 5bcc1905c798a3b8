/** Where requests go: Twilio's own hosts, those of a region or an edge, or one endpoint that stands for all. */
export interface Place {
  readonly endpoint?: string;
  readonly region?: string;
  readonly edge?: string;
}

/**
 * `serverless.twilio.com` and a path → the URL to call. With an endpoint the host becomes the first part of the
 * path, `http://127.0.0.1:4010/serverless.twilio.com/v1/Services`.
 */
export function placeUrl(place: Place, host: string, path: string): string {
  if (place.endpoint !== undefined) return `${place.endpoint.replace(/\/+$/, "")}/${host}${path}`;
  return `https://${regionalHost(place, host)}${path}`;
}

/** A URL that Twilio answered (`next_page_url`, `url`), to be called where this provider calls. */
export function placeAnswered(place: Place, url: string): string {
  const { host, pathname, search } = new URL(url);
  // A local endpoint may answer with URLs of its own.
  if (place.endpoint !== undefined && url.startsWith(place.endpoint)) return url;
  return place.endpoint === undefined ? url : placeUrl(place, host, pathname + search);
}

/**
 * `<product>.<edge>.<region>.twilio.com`, as Twilio's own clients make it; an edge alone means region us1
 * (https://www.twilio.com/docs/global-infrastructure/using-the-twilio-rest-api-in-a-non-us-region).
 */
function regionalHost({ region, edge }: Place, host: string): string {
  if (region === undefined && edge === undefined) return host;
  const [product = "", ...domain] = host.split(".");
  return [product, edge, region ?? "us1", ...domain].filter((part) => part !== undefined).join(".");
}
