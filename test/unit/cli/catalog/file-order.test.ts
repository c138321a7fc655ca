import { inFileOrder } from '../../../../cli/catalog/file-order';

/** Results of these lines, one by one, and then what is thrown. */
async function* resultsOf(lines: number[], failure?: Error) {
  for (const line of lines) yield await Promise.resolve({ line });
  if (failure) throw failure;
}

async function tell(results: AsyncIterable<{ line: number }>, lines: number[], told: number[] = []) {
  for await (const { line } of inFileOrder(results, lines)) told.push(line);
  return told;
}

describe('inFileOrder', () => {
  it('tells of each row when all before it have been told of', async () => {
    const begun: number[] = [];
    const results = (async function* () {
      for await (const { line } of resultsOf([4, 2, 3, 9, 7])) {
        begun.push(line);
        yield { line };
      }
    })();
    const first = inFileOrder(results, [2, 3, 4, 7, 9]);
    expect((await first.next()).value).toEqual({ line: 2 });
    expect(begun).toEqual([4, 2]);
    expect(await tell(first, [3, 4, 7, 9])).toEqual([3, 4, 7, 9]);
  });

  it('passes over rows without a result at the end', async () => {
    expect(await tell(resultsOf([9, 3]), [2, 3, 4, 9])).toEqual([3, 9]);
  });

  it('tells of what there is before it throws', async () => {
    const told: number[] = [];
    await expect(tell(resultsOf([4, 3], new Error('down')), [2, 3, 4], told)).rejects.toThrow('down');
    expect(told).toEqual([3, 4]);
  });
});
