#!/usr/bin/env node
import { runCommand } from "./run-command.mjs";

await runCommand("pulumi", new URL("../pulumi.ts", import.meta.url));
