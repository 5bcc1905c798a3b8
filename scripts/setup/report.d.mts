/** Says what is done and how long it took, on standard error; silent as long as there is nothing to do. */
export function openReport(words?: { readonly heading: string; readonly ending: string }): Report;

export interface Report {
  /** Does work under a title; `describe` says what came of it. */
  step<Result>(
    title: string,
    work: (progress: (text: string) => void) => Promise<Result>,
    describe?: (result: Result) => string,
  ): Promise<Result>;
  /** One line beside the steps. */
  note(text: string): void;
  /** Says how long all of it took. */
  end(): void;
}
