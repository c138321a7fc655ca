import { inFileOrder } from '../../../../cli/catalog/file-order';

/** Results at these positions, one by one, and then what is thrown. */
async function* resultsOf(positions: number[], failure?: Error) {
  for (const position of positions) yield await Promise.resolve({ position });
  if (failure) throw failure;
}

async function tell(results: AsyncIterable<{ position: number }>, rows: number, told: number[] = []) {
  for await (const { position } of inFileOrder(results, rows)) told.push(position);
  return told;
}

describe('inFileOrder', () => {
  it('tells of each row when all before it have been told of', async () => {
    const begun: number[] = [];
    const results = (async function* () {
      for await (const { position } of resultsOf([2, 0, 1, 4, 3])) {
        begun.push(position);
        yield { position };
      }
    })();
    const first = inFileOrder(results, 5);
    expect((await first.next()).value).toEqual({ position: 0 });
    expect(begun).toEqual([2, 0]);
    const rest: number[] = [];
    for await (const { position } of first) rest.push(position);
    expect(rest).toEqual([1, 2, 3, 4]);
  });

  it('passes over rows without a result at the end', async () => {
    expect(await tell(resultsOf([3, 1]), 4)).toEqual([1, 3]);
  });

  it('tells of what there is before it throws', async () => {
    const told: number[] = [];
    await expect(tell(resultsOf([2, 1], new Error('down')), 3, told)).rejects.toThrow('down');
    expect(told).toEqual([1, 2]);
  });
});
