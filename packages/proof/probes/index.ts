/** All probes, in the order in which they are run. */
import type { Probe } from "../probe.ts";
import { httpProbe } from "./http.ts";
import { restProbes } from "./rest.ts";

export const probes: readonly Probe[] = [httpProbe, ...restProbes];
