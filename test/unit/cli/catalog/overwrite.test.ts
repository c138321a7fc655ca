import { PassThrough } from 'node:stream';
import { mayOverwrite } from '../../../../cli/catalog/overwrite';
import { newFolder, writeNew } from '../../../support/temporary-file';

/** Asks somebody who types this, and says what was asked, too. */
async function ask(file: string, typed: string, isTTY = true) {
  const input = Object.assign(new PassThrough(), { isTTY });
  const output = Object.assign(new PassThrough(), { isTTY });
  input.end(typed);
  const answer = await mayOverwrite(file, input as never, output as never);
  return { answer, asked: String(output.read() ?? '') };
}

describe('mayOverwrite', () => {
  it.each([
    ['y\n', true],
    ['Yes\n', true],
    ['n\n', false],
    ['\n', false],
    ['yellow\n', false],
  ])('asks at a terminal before a file is written over, and takes %j for %s', async (typed, answer) => {
    const file = writeNew('products.csv', 'of yesterday');
    expect(await ask(file, typed)).toEqual({ answer, asked: expect.stringContaining(`${file} is there already`) });
  });

  it.each([
    ['there is no file', () => `${newFolder()}/products.csv`, true],
    ['there is no terminal', () => writeNew('products.csv', 'of yesterday'), false],
  ])('asks nothing where %s', async (_, file, isTTY) => {
    expect(await ask(file(), '', isTTY)).toEqual({ answer: true, asked: '' });
  });
});
