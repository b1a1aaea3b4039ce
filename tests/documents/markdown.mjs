// Reads a document's fenced blocks, and the marks that stand as comments right before them.
//   <!-- not run: REASON -->      not run here, because of something that is not here
//   <!-- run by: FILE -->         another suite runs it: FILE names its commands
//   <!-- gateway: NAME=value … --> runs against a gateway with these settings
//   <!-- until: TEXT -->          its last command stays up: run until it prints TEXT, then Ctrl-C
//   <!-- output -->               what the block before it prints
const fence = /^(?<indent>\s*)(?<ticks>`{3,}|~{3,})\s*(?<language>[^\s`]*)/;
const comment = /^\s*<!--\s*(?<text>.*?)\s*-->\s*$/;
const mark = /^(?<name>not run|run by|gateway|until|output)(?::\s*(?<value>\S.*))?$/;

/** Every fenced block, in order; a block that is an output has the one that prints it as `of`. */
export function blocksOf(document, text) {
  const lines = text.split('\n');
  const blocks = [];
  let marks = {};
  for (let at = 0; at < lines.length; at++) {
    const opening = fence.exec(lines[at]);
    const words = comment.exec(lines[at])?.groups.text;
    if (opening) {
      const block = readBlock(document, lines, at, opening.groups, marks);
      block.of = 'output' in marks ? blocks.findLast((other) => !('output' in other.marks)) : undefined;
      blocks.push(block);
      at = block.end;
      marks = {};
    } else if (words !== undefined) {
      Object.assign(marks, readMark(document, at, words));
    } else if (lines[at].trim() !== '') {
      marks = {};
    }
  }

  return blocks;
}

function readBlock(document, lines, at, { indent, ticks, language }, marks) {
  const end = lines.findIndex((line, index) => index > at && line.trim().startsWith(ticks) && !/[^`~\s]/.test(line));
  if (end < 0) {
    throw new Error(`${document}:${at + 1}: this block has no end`);
  }

  const code = lines.slice(at + 1, end).map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line));
  return { document, line: at + 1, end, language, code: `${code.join('\n')}\n`, marks };
}

function readMark(document, at, words) {
  const found = mark.exec(words);
  if (found) {
    return { [found.groups.name]: found.groups.value ?? '' };
  }

  if (/^(not|run|gate|until|out|test)\b/i.test(words)) {
    throw new Error(`${document}:${at + 1}: "${words}" is no mark: see tests/documents/markdown.mjs`);
  }

  return {};
}
