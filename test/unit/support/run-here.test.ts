/** A command that a test runs in its own process finds there what it would find in one that a test starts. */
import { Command } from 'commander';
import { runHere } from '../../support/run-here';

const streams = [process.stdin, process.stdout, process.stderr];
const areTerminals = () => streams.map(({ isTTY }) => isTTY);

const before = streams.map((stream) => Object.getOwnPropertyDescriptor(stream, 'isTTY'));
afterAll(() => {
  for (const [index, stream] of streams.entries()) {
    Reflect.deleteProperty(stream, 'isTTY');
    Object.defineProperties(stream, before[index] ? { isTTY: before[index] } : {});
  }
});

it('runs a command at no terminal, where the tests themselves are run at one', async () => {
  for (const stream of streams) Object.defineProperty(stream, 'isTTY', { value: true, configurable: true });
  const found: boolean[][] = [];
  await runHere(
    new Command().action(() => {
      found.push(areTerminals());
    }),
    [],
  );
  expect(found).toEqual([[false, false, false]]);
  expect(areTerminals()).toEqual([true, true, true]);
});
