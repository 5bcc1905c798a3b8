/** Addresses of the console's views, and opening them in a browser. */
import { spawn } from "node:child_process";

/** The address of a view: `executions/FN…`; without one, of the phones. */
export function consoleLink(endpoint: string, view = ""): string {
  return `${endpoint}/_local/console/${view}`;
}

/** Opens an address in this machine's browser; false where there is no way to ask for one. */
export function openInBrowser(address: string): Promise<boolean> {
  const [command, ...first] =
    process.platform === "darwin"
      ? ["open"]
      : process.platform === "win32"
        ? ["cmd", "/c", "start", ""]
        : ["xdg-open"];
  return new Promise((resolve) => {
    const child = spawn(command ?? "", [...first, address], { detached: true, stdio: "ignore" });
    child.once("error", () => resolve(false));
    child.once("spawn", () => {
      child.unref();
      resolve(true);
    });
  });
}
