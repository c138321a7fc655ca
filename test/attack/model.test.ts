/** Random operations of several callers at once, against the stack and against a model of a few maps: they must agree. */
import fc from 'fast-check';
import { attackedStack } from '../support/attacked-stack';
import { expectAgreement } from '../support/model/agreement';
import { commands } from '../support/model/commands';
import { callers } from '../support/model/operations';
import { sender, World } from '../support/model/world';
import { expectSoundStack } from '../support/sound-stack';

const leastCommands = 2_000;

const stack = attackedStack('jwt');
const send = sender(stack, callers);
let executed = 0;

const runs = fc.asyncProperty(commands(200), async (sequence) => {
  const world = new World();
  await fc.asyncModelRun(() => ({ model: world, real: send }), sequence);
  executed += world.commands;
  await expectAgreement(world, send);
});

it(`answers ${leastCommands} random commands of three callers at once as the model does, and agrees with it at the end`, async () => {
  // A failure prints seed and path: both as options here run the same again.
  while (executed < leastCommands) await fc.assert(runs, { numRuns: 4, interruptAfterTimeLimit: 120_000 });
}, 300_000);

it('leaves a table where every rule holds', async () => {
  await expectSoundStack(stack);
});
