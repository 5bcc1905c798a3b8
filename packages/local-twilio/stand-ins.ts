/** Who answers in place of Functions and of other people's servers, when a test says so. */

/** What a request comes from, for whoever answers or complains. */
export interface Asker {
  /** The Execution that asks; null: a webhook does. */
  readonly executionSid: string | null;
}

export interface StandInAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface StandIns {
  /**
   * A request to a domain of Serverless. `timeout` and null are no answer in time and no such domain; `url` is asked
   * instead; undefined lets the request through.
   */
  readonly functions?: (
    request: {
      readonly method: "GET" | "POST";
      readonly url: string;
      readonly parameters: Readonly<Record<string, string>>;
    } & Asker,
  ) => Promise<StandInAnswer | "timeout" | null | { readonly url: string } | undefined>;
  /** A request to a server that is no Twilio's. Null is no answer; undefined lets the request through. */
  readonly servers?: (
    request: { readonly method: "GET" | "POST"; readonly url: string; readonly body: string } & Asker,
  ) => Promise<StandInAnswer | null | undefined>;
}
