/** What a stage supplies to the bindings of a line's Flow. Whatever a host fills in (Pulumi Outputs, texts) is passed through. */
export interface LineValues {
  /** Name of the line, for the Functions. */
  readonly line: string;
  /** By name of the Function: what a Run Function widget needs to call it. */
  readonly functions: Readonly<
    Record<
      string,
      {
        readonly serviceSid: unknown;
        readonly environmentSid: unknown;
        readonly functionSid: unknown;
        readonly url: unknown;
      }
    >
  >;
  /** Texts and keywords in which the stage differs from the template. */
  readonly wordings: {
    readonly agentAdded?: string | undefined;
    readonly noAgent?: string | undefined;
    readonly agentRemoved?: string | undefined;
  };
  readonly keywords: { readonly support?: string | undefined; readonly done?: string | undefined };
}
