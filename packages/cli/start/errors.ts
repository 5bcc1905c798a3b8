/** A step of `npm start` that did not happen: its message names the step, what was expected and what came. */
export class StepError extends Error {
  readonly step: string;
  /** 2: the person's turn; 3: Twilio's or the network's, as most steps fail. */
  readonly exitCode: number;

  constructor(
    step: string,
    problem: string,
    { exitCode = 3, ...options }: ErrorOptions & { readonly exitCode?: number } = {},
  ) {
    super(`${step}: ${problem}`, options);
    this.name = "StepError";
    this.step = step;
    this.exitCode = exitCode;
  }
}
