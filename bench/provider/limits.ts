/** What is under way at once while a thousand resources are measured. */

/** Requests of the provider, at most (packages/provider/http/client.ts). */
export const concurrency = 10;

/** Resources of the engine: what it chooses on four cores, said so that every machine measures the same. */
export const atOnce = 16;
