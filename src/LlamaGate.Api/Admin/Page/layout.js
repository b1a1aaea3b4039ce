// Where things stand in the pictures. No function here touches the document.

// Steps of an axis from 0 to at least max: 1, 2 or 5 times a power of ten apart, 2 to 5 of them.
export function ticks(max) {
  if (!(max > 0)) {
    return [0, 1];
  }
  const power = 10 ** Math.floor(Math.log10(max / 4));
  const step = [1, 2, 5, 10].map(factor => factor * power).find(size => max / size <= 4.000001);
  const last = Math.ceil(max / step - 0.000001);
  return Array.from({ length: last + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

// Series of equal length, each on top of those before it: [[{ from, to }, …], …].
export function stack(series) {
  const length = Math.max(0, ...series.map(values => values.length));
  const ground = new Array(length).fill(0);
  return series.map(values => Array.from({ length }, (_, index) => {
    const value = Number(values[index]);
    const from = ground[index];
    ground[index] += value > 0 ? value : 0;
    return { from, to: ground[index] };
  }));
}

// The outline of a band of steps: along the tops, then back along the bottoms.
export function stepPath(band, x, y) {
  const tops = band.map(({ to }, index) => `${x(index)},${y(to)} ${x(index + 1)},${y(to)}`);
  const bottoms = band.map(({ from }, index) => `${x(index + 1)},${y(from)} ${x(index)},${y(from)}`).reverse();
  return band.length === 0 ? '' : `M${tops.join(' L')} L${bottoms.join(' L')} Z`;
}

// Which call stands in which slot: a call keeps its place while it runs. places: the ids of last time, null where it was free.
export function placeCalls(places, calls, slots) {
  const ids = new Set(calls.map(call => call.id));
  const kept = places.map(id => (ids.has(id) ? id : null));
  const placed = new Set(kept);
  for (const { id } of calls) {
    if (!placed.has(id)) {
      const free = kept.indexOf(null);
      kept[free < 0 ? kept.length : free] = id;
      placed.add(id);
    }
  }
  while (kept.length < slots) {
    kept.push(null);
  }
  while (kept.length > slots && kept.includes(null)) {
    kept.splice(kept.lastIndexOf(null), 1);
  }
  return kept;
}

// The width of a bar, 0 to 1; a limit of 0 is used up.
export function fill(used, limit) {
  if (!(used > 0) && limit > 0) {
    return 0;
  }
  return limit > 0 ? Math.min(1, used / limit) : 1;
}
