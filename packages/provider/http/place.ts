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

/**
 * `<product>.<edge>.<region>.twilio.com`, as Twilio's own clients make it; an edge alone means region us1
 * (https://www.twilio.com/docs/global-infrastructure/using-the-twilio-rest-api-in-a-non-us-region).
 */
function regionalHost({ region, edge }: Place, host: string): string {
  if (region === undefined && edge === undefined) return host;
  const [product = "", ...domain] = host.split(".");
  return [product, edge, region ?? "us1", ...domain].filter((part) => part !== undefined).join(".");
}
