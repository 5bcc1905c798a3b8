#!/usr/bin/env node
import { runCommand } from "./run-command.mjs";

await runCommand("studio", new URL("../studio.ts", import.meta.url));
