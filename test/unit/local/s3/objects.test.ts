import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { openObjects } from '../../../../local/s3/objects';

it('sends an object whole that is removed while it is read, as S3 does', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'objects-'));
  try {
    const objects = openObjects(directory);
    const arrived = await objects.receive(Readable.from([Buffer.from('A picture')]));
    const object = objects.put('images/1.png', { contentType: 'image/png', metadata: {} }, arrived);
    const reading = objects.read(object, { start: 2, end: 8 });
    objects.remove('images/1.png');
    expect(await text(reading)).toBe('picture');
  } finally {
    rmSync(directory, { recursive: true });
  }
});
