/** What `control` refuses: not Twilio's errors but the local Twilio's own, `{error: {code, message}}`. */

/** By code: HTTP status and whose fault; the text is written where it is thrown, since it names what was wrong. */
export const controlErrors = {
  invalid_body: { status: 400, fault: "user" },
  invalid_query: { status: 400, fault: "user" },
  foreign_origin: { status: 403, fault: "user" },
  not_found: { status: 404, fault: "user" },
  no_such_route: { status: 404, fault: "user" },
  function_timeout: { status: 504, fault: "user" },
  internal: { status: 500, fault: "us" },
} as const;

export class ControlError extends Error {
  readonly code: keyof typeof controlErrors;

  constructor(code: keyof typeof controlErrors, message: string) {
    super(message);
    this.name = "ControlError";
    this.code = code;
  }
}
