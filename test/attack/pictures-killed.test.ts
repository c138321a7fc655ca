/** A thousand pictures on their way while parts of the stack are killed: what was taken is decided, and what is shown is there. */
import { eventually } from '../support/eventually';
import { sendForm } from '../support/image-store';
import { startOwnStack, type OwnStack } from '../support/own-stack';
import { png } from '../support/pictures';
import { processTree, sigkill } from '../support/process-tree';
import { expectSoundStack } from '../support/sound-stack';
import { send } from '../support/stack';
import { adminOf } from '../support/tokens';
import { imagesShown, newProduct, offeredForm, uploadsOf } from '../support/uploads';

const productCount = 100;
const perProduct = 10;
const senders = 8;

/** After so many, the processes with this in their command are killed: all, functions, bucket, database. */
const kills: [taken: number, inCommand: string][] = [
  [137, ''],
  [389, '--httpPort'],
  [601, 'local/start.ts'],
  [848, 'dynoxide'],
];

interface Sent {
  productId: string;
  file: Buffer;
  /** Of each fifth. */
  preview?: Buffer;
  isPicture: boolean;
  /** The bucket has said that it has all of it. */
  isTaken: boolean;
}

let own: OwnStack;
let products: string[];
/** By the ids of their pictures. */
const sent = new Map<string, Sent>();
const deleted = new Set<string>();

beforeAll(async () => {
  own = await startOwnStack('pictured');
  products = await Promise.all(Array.from({ length: productCount }, () => newProduct(own.info)));
});

afterAll(() => own.stop());

/** Sends a picture, some with a preview; each tenth is none. Throws where anything of it fails. */
async function upload(productId: string, number: number): Promise<void> {
  const isPicture = number % 10 !== 7;
  const text = `${productId} ${number}`;
  const file = isPicture ? png(1 + number, 200, text) : Buffer.from(text);
  const preview = number % 5 === 0 ? png(40, 30, text) : undefined;
  const announced = { bytes: file.length, ...(preview && { preview: { bytes: preview.length } }) };
  const form = await offeredForm(own.info, productId, announced);
  const about: Sent = { productId, file, ...(preview && { preview }), isPicture, isTaken: false };
  sent.set(form.imageId, about);
  if (form.preview && preview) await post(form.preview, preview);
  await post(form, file);
  about.isTaken = true;
}

async function post(form: Parameters<typeof sendForm>[0], file: Buffer): Promise<void> {
  const { status } = await sendForm(form, file);
  if (status !== 204) throw new Error(`The bucket has answered ${status}`);
}

async function deleteProduct(id: string): Promise<void> {
  const { status } = await send(own.info.apiUrl, 'DELETE', `/products/${id}`, { token: adminOf(own.info) });
  // It is gone already where the first answer has not come.
  if (status !== 204 && status !== 404) throw new Error(`DELETE was answered with ${status}`);
  deleted.add(id);
}

async function bytesAt(url: string): Promise<Buffer> {
  const response = await fetch(url);
  expect([url, response.status]).toEqual([url, 200]);
  return Buffer.from(await response.arrayBuffer());
}

/** What products show is there, once, with the bytes that were sent. Answers the ids. */
async function expectShownIsThere(): Promise<Set<string>> {
  const shown = new Set<string>();
  for (const productId of products) {
    const images = await imagesShown(own.info, productId);
    const checks = images.map(async ({ id, url, previewUrl }) => {
      const about = sent.get(id);
      if (!about || shown.has(id)) throw new Error(`${productId} shows ${id}, which was not sent, or is shown twice`);
      shown.add(id);
      const isFile = (await bytesAt(url)).equals(about.file);
      const preview = previewUrl === undefined ? undefined : await bytesAt(previewUrl);
      expect({ id, isFile, preview, of: about.productId }).toEqual({
        ...{ id, isFile: true, preview: about.preview, of: productId },
      });
    });
    await Promise.all(checks);
  }
  return shown;
}

it('of 1,000 uploads with four kills in between, none that was taken is lost, and no product shows one that is not there', async () => {
  const due = [...kills];
  let struck = 0;
  let restarted: Promise<unknown> = Promise.resolve();

  const killIfDue = () => {
    const [kill] = due;
    if (!kill || [...sent.values()].filter(({ isTaken }) => isTaken).length < kill[0]) return;
    due.shift();
    sigkill(processTree(own.running.child.pid ?? 0).filter(({ command }) => command.join(' ').includes(kill[1])));
    restarted = own.startAgain().then(expectShownIsThere);
  };

  /** Again when the stack is back, where a kill has come in between. Anything else that fails is a fault. */
  const insist = async (what: () => Promise<void>): Promise<void> => {
    await restarted;
    const [next] = due;
    try {
      await what();
    } catch (error) {
      if (!next || due[0] === next) throw error;
      struck += 1;
      await insist(what);
    }
  };

  const waiting = products.entries();
  const sender = async () => {
    for (const [position, productId] of waiting) {
      for (let number = 0; number < perProduct; number += 1) {
        await insist(() => upload(productId, position * perProduct + number));
        killIfDue();
      }
      // Its last pictures are still being looked at.
      if (position % 3 === 0) await insist(() => deleteProduct(productId));
    }
  };
  await Promise.all(Array.from({ length: senders }, sender));
  await restarted;
  expect(due).toEqual([]);
  expect(struck).toBeGreaterThan(0);

  const outcomes = new Map<string, string>();
  for (const productId of products) {
    await eventually(`decisions about all of ${productId}`, async () => {
      const all = await uploadsOf(own.info, productId);
      for (const { id, state, reason } of all) outcomes.set(id, reason ?? state);
      return all.every(({ id, state }) => state !== 'awaited' || !sent.get(id)?.isTaken);
    });
  }
  const shown = await expectShownIsThere();
  expect([...shown].filter((id) => outcomes.get(id) !== 'accepted')).toEqual([]);

  const taken = [...sent].filter(([, { isTaken }]) => isTaken);
  expect(taken).toHaveLength(productCount * perProduct);
  for (const [id, { productId, isPicture }] of taken) {
    const isGone = deleted.has(productId);
    const possible = isGone ? ['accepted', 'product_gone'] : ['accepted'];
    expect({ id, possible: isPicture ? possible : ['other_type'] }).toEqual({
      id,
      possible: expect.arrayContaining([outcomes.get(id)]) as unknown,
    });
    expect({ id, shown: shown.has(id) }).toEqual({ id, shown: isPicture && !isGone });
    // What was refused left nothing behind.
    if (outcomes.get(id) === 'accepted') continue;
    const address = `${own.info.imagesUrl}/images/${productId}/${id}.png`;
    await eventually(`end of the copy ${id}`, async () => (await fetch(address)).status === 403);
  }
  await expectSoundStack(own.info);
}, 300_000);
