/** Runs a command in our place: our terminal, our signals, its exit code (128 and the number of a signal that ended it). */
export function runChild(
  command: string,
  args: readonly string[],
  options?: { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string },
): Promise<number>;
