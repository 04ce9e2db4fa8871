#!/usr/bin/env node
// `npx async-lab …` in a clone: bundles the command line when it is missing or older than its sources, then runs it.
import { buildCommandLineIfStale } from '../scripts/build-cli.js';

await import(await buildCommandLineIfStale());
