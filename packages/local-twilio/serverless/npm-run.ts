/**
 * The leader of npm's group of processes: it runs npm, and ends the whole group when whoever started it is gone. A local Twilio that
 * is killed cannot do that any more; its end of the pipe closes all the same.
 */
import { spawn } from "node:child_process";

process.stdin.resume().once("close", () => process.kill(-process.pid, "SIGKILL"));
const npm = spawn("npm", process.argv.slice(2), { stdio: ["ignore", "ignore", "inherit"] });
npm.once("error", (error) => {
  process.stderr.write(`npm error code ENOENT\nnpm error npm cannot be run: ${error.message}\n`);
  process.exit(127);
});
npm.once("exit", (code) => process.exit(code ?? 1));
