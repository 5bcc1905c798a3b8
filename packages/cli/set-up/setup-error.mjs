/** What a person has to do before the checkout can be set up: one sentence, no stack. */
export class SetupError extends Error {
  /** @param {string} message what is wrong and the way out */
  constructor(message) {
    super(message);
    this.name = "SetupError";
  }
}
