// The suite itself: what must be seen in a document is seen.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kinds, reasonNotRun } from './kinds.mjs';
import { blocksOf } from './markdown.mjs';
import { difference } from './output.mjs';

const block = (code, { marks = '', language = 'bash' } = {}) =>
  blocksOf('a.md', `${marks}\n\`\`\`${language}\n${code}\n\`\`\`\n`)[0];

test('a block has its language, its code and its line', () => {
  const { language, code, line } = block('true');
  assert.deepEqual([language, code, line], ['bash', 'true\n', 2]);
});

test('a block in a list loses the list\'s indentation', () =>
  assert.equal(blocksOf('a.md', '1. one\n\n   ```bash\n   true\n     false\n   ```\n')[0].code, 'true\n  false\n'));

test('a mark holds for the next block only', () => {
  const text = '<!-- not run: needs X -->\n\n```bash\na\n```\n```bash\nb\n```\n';
  assert.deepEqual(blocksOf('a.md', text).map(reasonNotRun), ['needs X', undefined]);
});

test('a mark with words between is no mark', () =>
  assert.equal(reasonNotRun(blocksOf('a.md', '<!-- not run: needs X -->\nBut:\n```bash\na\n```\n')[0]), undefined));

test('a misspelt mark, an unfinished block and a mark without a reason are errors', () => {
  assert.throws(() => block('a', { marks: '<!-- not runn: x -->' }));
  assert.throws(() => blocksOf('a.md', '```bash\na\n'));
  assert.throws(() => reasonNotRun(block('a', { marks: '<!-- not run -->' })));
});

test('an output belongs to the command before it, also over another output', () => {
  const text = '```bash\na\n```\n<!-- output -->\n```text\n1\n```\n<!-- output -->\n```text\n2\n```\n';
  const [command, one, two] = blocksOf('a.md', text);
  assert.deepEqual([one.of, two.of], [command, command]);
});

test('a command in a text is found', async () => {
  await assert.rejects(kinds.text.run(block('curl http://localhost')));
  await assert.rejects(kinds.text.run(block('PORT=1 ./scripts/unix/run.sh')));
  await kinds.text.run(block('Published.'));
});

test('a block that another suite is said to run must be named there', async () => {
  const marked = block('./scripts/unix/build.sh', { marks: '<!-- run by: tests/scripts/run.sh -->' });
  await kinds.notRun(marked, () => '"$scripts/build.sh"');
  await assert.rejects(kinds.notRun(marked, () => 'nothing'));
});

test('outputs: ids, times and … may differ, nothing else', () => {
  assert.equal(difference('{"id": "chatcmpl-abcdefgh1234", "a": [1]}', '{"id":"chatcmpl-zzzzzzzz9999","a":[1]}'), null);
  assert.equal(difference('{"created": 5}', '{"created":6}'), null);
  assert.equal(difference('{"a": "…", "b": 1}', '{"a":"x","b":1}'), null);
  assert.equal(difference('a\n…\nd\n', 'a\nb\nc\nd\n'), null);
  assert.notEqual(difference('{"a": 1}', '{"a":2}'), null);
  assert.notEqual(difference('{"a": 1}', '{"a":1,"b":2}'), null);
  assert.notEqual(difference('{"a": 1, "b": "…"}', '{"a":1}'), null);
  assert.notEqual(difference('a\nb', 'a\nc'), null);
  assert.notEqual(difference('a', 'a\nb'), null);
});
