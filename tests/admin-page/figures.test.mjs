// What the page computes: numbers as people read them, axes, bands, slots, events cut anywhere.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageModule } from './page-module.mjs';

const { EventReader, backOff } = await pageModule('events.js');
const format = await pageModule('format.js');
const { fill, placeCalls, stack, stepPath, ticks } = await pageModule('layout.js');
const { keyFault, refusal } = await pageModule('session.js');

// The narrow space between a number and its unit.
const plain = text => text.replaceAll('\u202f', ' ');

const formats = {
  count: [[0, '0'], [7, '7'], [999, '999'], [1000, '1 k'], [1234, '1.2 k'], [12_345, '12.3 k'], [123_456, '123 k'], [999_499, '999 k'],
    [999_951, '1 M'], [2_310_000, '2.3 M'], [4e9, '4 G'], [null, '–'], [undefined, '–'], [NaN, '–']],
  whole: [[1000, '1,000'], [1_000_000, '1,000,000'], [null, '–']],
  bytes: [[0, '0 B'], [600e6, '600 MB'], [12.34e9, '12.3 GB'], [999.96e6, '1 GB'], [24e9, '24 GB'], [1.5e12, '1.5 TB'], [null, '–']],
  percent: [[0, '0%'], [0.001, '<1%'], [0.41, '41%'], [1, '100%'], [null, '–']],
  duration: [[0, '0 s'], [0.04, '0 s'], [0.44, '0.4 s'], [3.2, '3.2 s'], [9.94, '9.9 s'], [9.96, '10 s'], [42.4, '42 s'], [59.6, '1 min'],
    [60, '1 min'], [200, '3 min 20 s'], [3599.7, '1 h'], [3600, '1 h'], [7500, '2 h 5 min'], [86_400, '1 d'], [93_784, '1 d 2 h'],
    [-3, '0 s'], [null, '–'], [NaN, '–']],
  context: [[8192, '8K'], [131_072, '128K'], [5000, '5 k'], [512, '512'], [null, '–']],
};
for (const [name, cases] of Object.entries(formats)) {
  test(`${name} writes numbers for people`, () => {
    for (const [value, text] of cases) {
      assert.equal(plain(format[name](value)), text, `${name}(${value})`);
    }
  });
}

test('plural, names, times and reasons are in words', () => {
  assert.equal(format.plural(1, 'call'), '1 call');
  assert.equal(format.plural(0, 'call'), '0 calls');
  assert.equal(format.who({ key: 'anna', user: null }), 'anna');
  assert.equal(format.who({ key: 'web', user: 'carol' }), 'carol (web)');
  assert.match(format.clock('2026-11-30T05:00:07Z'), /^\d\d:\d\d:07$/);
  assert.equal(format.clock(null), '–');
  assert.equal(format.clock('nonsense'), '–');
  assert.match(format.reason('switch'), /turn/);
  assert.equal(format.reason('new-word'), 'new-word');
});

test('ticks are 1, 2 or 5 times a power of ten apart, reach the maximum and are at most six', () => {
  assert.deepEqual(ticks(0), [0, 1]);
  assert.deepEqual(ticks(1), [0, 0.5, 1]);
  assert.deepEqual(ticks(170), [0, 50, 100, 150, 200]);
  for (let max = 0.013; max < 1e6; max *= 1.37) {
    const marks = ticks(max);
    assert.ok(marks.at(-1) >= max * 0.999999 && marks.length >= 3 && marks.length <= 6, `${max}: ${marks}`);
    assert.match((marks[1]).toExponential(3), /^[125]\.000e/);
  }
});

test('bands stand on each other, without gaps, and missing or negative values are nothing', () => {
  const [low, high] = stack([[1, 2, 0], [3, -1]]);
  assert.deepEqual(low, [{ from: 0, to: 1 }, { from: 0, to: 2 }, { from: 0, to: 0 }]);
  assert.deepEqual(high, [{ from: 1, to: 4 }, { from: 2, to: 2 }, { from: 0, to: 0 }]);
  assert.deepEqual(stack([]), []);
});

test('the path of a band goes along its tops and back along its bottoms', () => {
  assert.equal(stepPath([{ from: 0, to: 2 }, { from: 1, to: 3 }], index => index * 10, value => value),
    'M0,2 10,2 L10,3 20,3 L20,1 10,1 L10,0 0,0 Z');
  assert.equal(stepPath([], Number, Number), '');
});

test('a call keeps its slot while it runs, a new one takes the first that is free', () => {
  const calls = (...ids) => ids.map(id => ({ id }));
  let places = placeCalls([], calls('a', 'b'), 3);
  assert.deepEqual(places, ['a', 'b', null]);
  places = placeCalls(places, calls('b', 'c'), 3);
  assert.deepEqual(places, ['c', 'b', null]);
  places = placeCalls(places, calls('b'), 3);
  assert.deepEqual(places, [null, 'b', null]);
  assert.deepEqual(placeCalls(places, calls('b'), 1), ['b']);
  // More calls than slots: all are shown.
  assert.deepEqual(placeCalls(places, calls('b', 'x', 'y'), 2), ['x', 'b', 'y']);
  assert.deepEqual(placeCalls([], [], 0), []);
});

test('a bar is full at its limit and never longer', () => {
  assert.equal(fill(0, 10), 0);
  assert.equal(fill(null, 10), 0);
  assert.equal(fill(5, 10), 0.5);
  assert.equal(fill(50, 10), 1);
  assert.equal(fill(0, 0), 1);
});

test('events come out whole however the text is cut', () => {
  const text = ': comment\nevent: status\r\ndata: {"a":\ndata: 1}\n\nignored\ndata:x\n\nevent: lost\n\n';
  const expected = [{ event: 'status', data: '{"a":\n1}' }, { event: 'message', data: 'x' }];
  for (let size = 1; size <= text.length; size++) {
    const reader = new EventReader();
    const found = [];
    for (let start = 0; start < text.length; start += size) {
      found.push(...reader.read(text.slice(start, start + size)));
    }
    assert.deepEqual(found, expected, `in pieces of ${size}`);
  }
});

test('an event without an end is refused before it fills the memory', () => {
  const reader = new EventReader();
  reader.read(`data: ${'x'.repeat(16 * 1024 * 1024 - 100)}`);
  assert.throws(() => reader.read('x'.repeat(200)), /too long/);
});

test('attempts become rarer, up to 15 s', () => {
  assert.deepEqual([0, 1, 2, 3, 4, 50].map(attempt => backOff(attempt, 0)), [1, 2, 4, 8, 15, 15]);
  assert.equal(backOff(0, 1), 0.8);
});

test('a key that cannot be sent is refused with a reason, and refusals are explained', () => {
  assert.equal(keyFault('sk-good'), '');
  assert.match(keyFault(''), /Enter/);
  assert.match(keyFault('two words'), /spaces/);
  assert.match(keyFault('schlüssel'), /ASCII/);
  assert.match(refusal({ status: 401, message: 'The API key has expired.' }), /The API key has expired\./);
  assert.match(refusal({ status: 403, code: 'admin_only', message: 'No.' }), /no administrator rights/);
  assert.equal(refusal({ status: 403, code: 'origin_not_allowed', message: 'Pass the Host header on.' }), 'Pass the Host header on.');
  assert.match(refusal({ status: 404, message: '' }), /no admin key/);
});
