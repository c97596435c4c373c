// Runs the module in node: run.mjs FILE. Exit status 0 if every answer is right.
import { readFileSync } from "node:fs";

const print = (text, len) =>
  process.stdout.write(new TextDecoder().decode(new Uint8Array(instance.exports.memory.buffer, text, len)));
const { instance } = await WebAssembly.instantiate(readFileSync(process.argv[2]), { host: { print } });
process.exitCode = instance.exports.check() === 1 ? 0 : 1;
