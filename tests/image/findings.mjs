// Prints a line per finding: "ok: …" or "FAILED: …"; a failure makes the process end with 1.
export function check(what, holds, found) {
  if (!holds) {
    process.exitCode = 1;
  }
  console.log(holds ? `ok: ${what}` : `FAILED: ${what}: ${JSON.stringify(found)}`);
}
