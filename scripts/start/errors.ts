/** A step of `npm start` that did not happen: its message names the step, what was expected and what came. */
export class StepError extends Error {
  readonly step: string;

  constructor(step: string, problem: string, options?: ErrorOptions) {
    super(`${step}: ${problem}`, options);
    this.name = "StepError";
    this.step = step;
  }
}
