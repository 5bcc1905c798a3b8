/** What a process is told of where its sockets may go; `child/network.ts` reads it. */

/** Where the sockets of Functions may go. */
export interface Network {
  /** Source of a pattern for Twilio's hosts, and the ports of this machine that stand in for them: with TLS and without. */
  readonly twilio: { readonly hosts: string; readonly secure: number; readonly plain: number };
  /** Whether other machines are reached. */
  readonly leavesMachine: boolean;
}

/** The variable that says it, to a process and to the threads that it starts. */
export const networkVariable = "FUNCTIONS_NETWORK";

/** The environment of a process whose sockets are led; without a network they go where they want to. */
export function networkEnvironment(network: Network | undefined): Record<string, string> {
  return network === undefined ? {} : { [networkVariable]: JSON.stringify(network) };
}
