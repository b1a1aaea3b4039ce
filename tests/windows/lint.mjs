// What can be said of scripts/windows/*.cmd where no Windows is: a careful reader's checks, not an interpreter.
// usage: node lint.mjs DIRECTORY; a line per finding: "ok: …" or "FAILED: …".
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";

const directory = resolve(process.argv[2]);
const root = resolve(directory, "../..");
const expected = ["build", "lib", "run", "run-debug", "run-with-auth", "test"];
const files = readdirSync(directory).sort();
let failed = 0;

function report(what, complaints) {
  failed += complaints.length === 0 ? 0 : 1;
  console.log(complaints.length === 0 ? `ok: ${what}` : `FAILED: ${what}: ${complaints.join("; ")}`);
}

/** The line with what stands between quotes blanked, and without what ^ escapes. */
const bare = (line) => line.replace(/\^./g, "  ").replace(/"[^"]*"/g, (text) => " ".repeat(text.length));
const isRemark = (line) => /^\s*rem\b/i.test(line);
const isEcho = (line) => /^\s*echo\b/i.test(line);

/** Each line with the depth of parentheses in which it stands, and the depth after the last. */
function withDepth(lines) {
  let depth = 0;
  const deep = lines.map((line) => {
    // A command in quotes ('…') belongs to its for /f, parentheses and all.
    const text = isRemark(line) ? "" : bare(line.replace(/\('.*'\)/, " "));
    const inside = depth;
    const words = isEcho(line) ? "" : text;
    depth += (words.match(/\(/g) ?? []).length - (words.match(/\)/g) ?? []).length;
    return { line, text, inside };
  });
  return { deep, rest: depth };
}

function labelsOf(lines) {
  return lines.filter((line) => /^:[a-z_]+$/i.test(line.trim())).map((line) => line.trim().slice(1));
}

function check(name, text) {
  const lines = text.split("\n").map((line) => line.replace(/\r$/, ""));
  const code = lines.filter((line) => !isRemark(line));
  const labels = labelsOf(lines);
  const targets = code.flatMap((line) => [...bare(line).matchAll(/\bgoto\s+:?(\w+)|\bcall\s+:(\w+)/gi)].map((hit) => hit[1] ?? hit[2]));
  const { deep, rest } = withDepth(lines);

  report(`${name} is plain ASCII and ends with a line break`, /^[\x0a\x0d\x20-\x7e]*\n$/.test(text) ? [] : ["it is not"]);
  report(`${name} is silent and says what it is`, lines[0] === "@echo off" && /^rem \w/.test(lines[1]) ? [] : lines.slice(0, 2));
  report(`${name} leaves its caller's environment alone`,
    name === "lib.cmd" || lines.slice(2, 6).includes("setlocal") ? [] : ["setlocal is missing"]);
  report(`${name} jumps only to labels that are there`, targets.filter((label) => !labels.includes(label)));
  report(`${name} has each label once and uses it`, labels.filter((label, i) => labels.indexOf(label) !== i || !targets.includes(label)));
  report(`${name} never runs on into a part that is called`, labels.filter((label) => fallsInto(lines, label) && !isLoop(lines, label)));
  report(`${name} closes its parentheses`, rest === 0 && deep.every(({ inside }) => inside >= 0) ? [] : [`${rest} are open`]);
  report(`${name} closes its quotes`, code.filter((line) => !/%\w+:"=/.test(line) && (line.match(/"/g) ?? []).length % 2 !== 0));
  report(`${name} writes no parenthesis and reads no fresh variable inside a block`, deep
    .filter(({ line, text, inside }) => inside > 0
      && ((isEcho(line) && /[()]/.test(text)) || /%errorlevel%/i.test(line) || /^\s*::/.test(line)))
    .map(({ line }) => line.trim()));
  report(`${name} names files that are there`, code.flatMap((line) => [
    ...[...line.matchAll(/%~dp0([\w.\\-]+)/g)].map((hit) => join(directory, hit[1].replaceAll("\\", "/"))),
    ...[...line.matchAll(/%root%\\((?:src|tests)\\[\w.-]+)/g)].map((hit) => join(root, hit[1].replaceAll("\\", "/"))),
    ...[...line.matchAll(/\b(\w+\.sln)\b/g)].map((hit) => join(root, hit[1])),
  ].filter((path) => !existsSync(path))));
  report(`${name} calls only parts of lib.cmd`, code.flatMap((line) => [...line.matchAll(/lib\.cmd" (\w+)/g)].map((hit) => hit[1]))
    .filter((part) => !parts.includes(part)));
}

/** Whether what stands before the label goes on into it. */
function fallsInto(lines, label) {
  const before = lines.slice(0, lines.findIndex((line) => line.trim() === `:${label}`)).filter((line) => line.trim() && !isRemark(line));
  return !/^(exit \/b|goto )/.test(before.at(-1)?.trim() ?? "");
}

/** A label that is jumped back to, or over which is jumped ahead: it is meant to be run into. */
function isLoop(lines, label) {
  const code = lines.join("\n");
  return new RegExp(`\\bgoto ${label}\\b`).test(code) && !new RegExp(`\\bcall :${label}\\b`).test(code);
}

const library = readFileSync(join(directory, "lib.cmd"), "utf8");
const parts = [...library.matchAll(/if "%~1"=="(\w+)"/g)].map((hit) => hit[1]);

report("scripts/windows has its scripts and no others", files.filter((file) => !expected.includes(basename(file, ".cmd")))
  .concat(expected.filter((name) => !files.includes(`${name}.cmd`))));
for (const name of readdirSync(join(root, "scripts/unix")).filter((file) => /^(run|build|test)/.test(file))) {
  report(`${name} has its like on Windows`, files.includes(name.replace(/\.sh$/, ".cmd")) ? [] : [name]);
}
for (const file of files) {
  check(file, readFileSync(join(directory, file), "utf8"));
}
process.exitCode = failed === 0 ? 0 : 1;
