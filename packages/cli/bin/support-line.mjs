#!/usr/bin/env node
import { runCommand } from "./run-command.mjs";

await runCommand("support-line", new URL("../support-line.ts", import.meta.url));
